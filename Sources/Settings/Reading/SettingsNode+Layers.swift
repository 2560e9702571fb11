extension SettingsNode {
    /// Makes a tree of the command line's flags.
    ///
    /// - Parameters:
    ///   - flags: The flags that were given.
    ///   - keys: The keys that there are.
    init(flags: [SettingFlag], keys: [SettingKey]) {
        let given = Dictionary(flags.map { ($0.path, $0) }) { _, last in last }
        self.init(keys: keys, path: .top) { path in
            given[path].map { (SettingOrigin.flag($0.name), $0.text) }
        }
    }

    /// Makes a tree of variables; one that is empty counts as not set.
    ///
    /// - Parameters:
    ///   - variables: The environment.
    ///   - keys: The keys that there are.
    init(variables: [String: String], keys: [SettingKey]) {
        self.init(keys: keys, path: .top) { path in
            guard let name = path.variable, let text = variables[name], !text.isEmpty else { return nil }
            return (.variable(name), text)
        }
    }

    private init(
        keys: [SettingKey],
        path: SettingPath,
        _ value: (SettingPath) -> (origin: SettingOrigin, text: String)?
    ) {
        var entries: [Entry] = []
        for key in keys {
            let path = path.appending(key.name)
            switch key.content {
            case .section(let children):
                let node = Self(keys: children, path: path, value)
                if case .keys(let below) = node.content, let first = below.first {
                    entries.append(Entry(key: key.name, origin: first.origin, node: node))
                }
            case .value:
                guard let (origin, text) = value(path) else { continue }
                let node = Self(origin: origin, content: .text(text, isQuoted: false))
                entries.append(Entry(key: key.name, origin: origin, node: node))
            case .values, .sections:
                guard let (origin, text) = value(path) else { continue }
                let words = text.split(separator: ",").map { $0.trimmingPrefix { $0 == " " } }
                let nodes = words.map { word in
                    let trimmed = String(word.reversed().drop { $0 == " " }.reversed())
                    return Self(origin: origin, content: .text(trimmed, isQuoted: false))
                }
                entries.append(Entry(key: key.name, origin: origin, node: Self(origin: origin, content: .list(nodes))))
            }
        }
        self.init(origin: entries.first?.origin ?? .standard, content: .keys(entries))
    }
}
