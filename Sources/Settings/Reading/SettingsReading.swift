/// The reading of settings: takes texts to the members of sections, and notes problems and where each value comes from.
package struct SettingsReading: Sendable {
    /// What was found wrong.
    private(set) var problems: [SettingsProblem] = []
    /// Where values come from; what is missing is at its default.
    private(set) var origins = SettingOrigins()
    /// All keys, for the question whether one stands at the wrong level.
    private let keys: [SettingKey]

    /// Begins to read.
    ///
    /// - Parameter keys: All keys that there are.
    init(keys: [SettingKey]) { self.keys = keys }

    /// Notes a problem; the same one is noted once.
    ///
    /// - Parameter problem: The problem.
    mutating func note(_ problem: SettingsProblem) {
        if !self.problems.contains(problem) { self.problems.append(problem) }
    }

    /// Reads one value.
    ///
    /// - Parameters:
    ///   - type: Its type.
    ///   - node: What stands there.
    ///   - path: Where.
    /// - Returns: The value; nil where it is none, which has been noted.
    mutating func value<Value>(_ type: SettingType<Value>, of node: SettingsNode, at path: SettingPath) -> Value? {
        let traits = type.traits
        func problem(_ what: String, fix: String? = nil) -> SettingsProblem {
            let key = path.text.split(separator: ".").last.map(String.init) ?? path.text
            return SettingsProblem(
                at: node.origin,
                field: path.text,
                what: what,
                rule: traits.rule,
                fix: fix ?? Self.example(traits.example, key: key, origin: node.origin)
            )
        }
        guard case .text(let text, let isQuoted) = node.content else {
            self.note(problem("\(node.kind) stands here"))
            return nil
        }
        if traits.role == .secret, !node.origin.isVariable {
            let variable = path.variable.map { "Put it into the variable \($0)" } ?? "Take it out"
            self.note(problem("a secret must not stand here", fix: "\(variable), and change the secret."))
            return nil
        }
        if node.isNull {
            self.note(
                problem("there is no value", fix: "Write a value, such as \(traits.example), or take the line out.")
            )
            return nil
        }
        if traits.isBare, isQuoted {
            self.note(problem("\(SettingEcho(text)) stands in quotes", fix: "Take the quotes away."))
            return nil
        }
        do {
            let value = try type.value(of: Self.resolved(text, traits, node.origin))
            self.origins.note(node.origin, of: path)
            return value
        } catch {
            self.note(problem(error.what, fix: error.fix))
            return nil
        }
    }

    /// Reads a list.
    ///
    /// - Parameters:
    ///   - node: What stands there.
    ///   - path: Where.
    /// - Returns: The elements; nil where it is no list, which has been noted.
    mutating func elements(of node: SettingsNode, at path: SettingPath) -> [SettingsNode]? {
        if node.isNull { return [] }
        guard case .list(let nodes) = node.content else {
            self.note(
                SettingsProblem(
                    at: node.origin,
                    field: path.text,
                    what: "\(node.kind) stands here",
                    rule: "a list",
                    fix: "Begin each element on a line of its own with '- '."
                )
            )
            return nil
        }
        self.origins.note(node.origin, of: path)
        return nodes
    }

    /// Reads a section; keys that it has not are noted, and keys that are not given stay as they are.
    ///
    /// - Parameters:
    ///   - section: The section, which begins with what it inherits.
    ///   - node: What stands there.
    ///   - path: Where.
    mutating func read<Section: SettingsSection>(
        _ section: inout Section,
        from node: SettingsNode,
        at path: SettingPath
    ) {
        let entries: [SettingsNode.Entry]
        switch node.content {
        case .keys(let keys): entries = keys
        case .text where node.isNull: return
        case .text(let text, _):
            guard let key = Section.shorthand(for: text) else { return self.noteNoSection(node, path, Section.keys) }
            entries = [SettingsNode.Entry(key: key, origin: node.origin, node: node)]
        case .list: return self.noteNoSection(node, path, Section.keys)
        }
        self.origins.noteFirst(node.origin, of: path)
        let fields = Dictionary(Section.fields.map { ($0.key.name, $0) }) { first, _ in first }
        let leads = Set(Section.fields.compactMap(\.key.lead))
        var changed: Set<String> = []
        for entry in entries {
            guard let field = fields[entry.key] else {
                self.noteUnknown(entry, path, Section.keys)
                continue
            }
            let before = leads.contains(entry.key) ? Self.text(field.show(section)) : nil
            field.read(&section, entry.node, path.appending(entry.key), &self)
            if leads.contains(entry.key), Self.text(field.show(section)) != before { changed.insert(entry.key) }
        }
        let given = Set(entries.map(\.key))
        for field in Section.fields where !given.contains(field.key.name) {
            // What was said for another account or another type of access says nothing of this one, nor does an
            // expression where an interval takes its place.
            guard let lead = field.key.lead, changed.contains(lead) else { continue }
            field.clear(&section)
            self.origins.note(.standard, of: path.appending(field.key.name))
        }
    }

    /// Reads a section once more over what has been said for it, where what is wrong has been noted before.
    ///
    /// - Parameters:
    ///   - section: The section.
    ///   - node: What stands there.
    ///   - path: Where.
    mutating func readAgain(_ section: inout some SettingsSection, from node: SettingsNode, at path: SettingPath) {
        let before = self.problems
        self.read(&section, from: node, at: path)
        self.problems = before
    }

    /// Looks for contradictions in a section and below it.
    ///
    /// - Parameters:
    ///   - section: The section.
    ///   - path: Where it stands.
    ///   - skipped: The keys below which nothing is looked for.
    mutating func check<Section: SettingsSection>(
        _ section: Section,
        at path: SettingPath,
        skipping skipped: Set<String> = []
    ) {
        // What a section lacks because its value could not be read is told already.
        let isBroken = self.problems.contains { problem in
            path != .top && problem.severity == .error && SettingPath(problem.field).parent == path
        }
        if !isBroken {
            var report = SectionReport(path: path, origins: self.origins)
            section.check(&report)
            for problem in report.problems { self.note(problem) }
        }
        for field in Section.fields where !skipped.contains(field.key.name) {
            field.check(section, path.appending(field.key.name), &self)
        }
    }

    private mutating func noteNoSection(_ node: SettingsNode, _ path: SettingPath, _ keys: [SettingKey]) {
        self.note(
            SettingsProblem(
                at: node.origin,
                field: path.text,
                what: "\(node.kind) stands here",
                rule: "a section with keys",
                fix: "Its keys are \(keys.map(\.name).joined(separator: ", "))."
            )
        )
    }

    private mutating func noteUnknown(_ entry: SettingsNode.Entry, _ path: SettingPath, _ keys: [SettingKey]) {
        let fix: String
        if let name = Suggestion.nearest(to: entry.key, among: keys.map(\.name)) {
            fix = "Did you mean \(name)?"
        } else if let place = Suggestion.place(of: entry.key, in: self.keys), place != path.appending(entry.key) {
            fix = "Did you mean \(place)?"
        } else {
            fix = "Known here: \(keys.filter { !$0.isSecret }.map(\.name).joined(separator: ", "))."
        }
        self.note(
            SettingsProblem(
                at: entry.origin,
                field: path.appending(entry.key).text,
                what: "there is no such key",
                fix: fix
            )
        )
    }

    private static func example(_ example: String, key: String, origin: SettingOrigin) -> String {
        switch origin {
        case .file, .standard: "Write for instance: \(key): \(example)"
        case .variable(let name): "Set for instance: \(name)=\(example)"
        case .flag(let name): "Give for instance: \(name) \(example)"
        }
    }

    /// A file that the settings file names lies beside it, where its path is relative.
    private static func resolved(_ text: String, _ traits: SettingTraits, _ origin: SettingOrigin) -> String {
        guard traits.role == .secretFile, case .file(let path, _, _) = origin, !text.hasPrefix("/"),
            let slash = path.lastIndex(of: "/")
        else { return text }
        return path[...slash] + text
    }

    private static func text(_ shown: ShownSetting) -> String? {
        guard case .value(let text, _, _) = shown else { return nil }
        return text
    }
}
