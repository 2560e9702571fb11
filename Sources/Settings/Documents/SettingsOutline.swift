package import BackupDomain

/// Settings as they are shown: with what holds, and where each value comes from.
///
/// Secrets are never in it.
package struct SettingsOutline: Sendable {
    private let settings: ProgramSettings

    /// Shows settings.
    ///
    /// - Parameter settings: The settings.
    package init(_ settings: ProgramSettings) { self.settings = settings }

    /// The settings as YAML with a comment on each value; instances with what their own entries and flags say.
    package var lines: [String] {
        var lines: [Line] = []
        self.add(self.settings.shown, 0, .top, isWhole: true, to: &lines)
        return Self.aligned(lines)
    }

    /// One instance as YAML, with all that holds for it.
    ///
    /// - Parameter instance: An instance of the settings, or one that they do not list.
    /// - Returns: The lines.
    package func lines(of instance: InstanceSettings) -> [String] {
        var lines: [Line] = []
        self.add(instance.shown, 0, self.path(of: instance), isWhole: true, to: &lines)
        return Self.aligned(lines)
    }

    /// The settings for programs: what holds for all and for each instance, whole, and where values come from by path.
    package var document: JSONValue {
        var origins: [JSONValue] = []
        let settings = self.json(self.settings.shown, .top, &origins)
        return .object([
            "file": self.settings.file.map(JSONValue.string) ?? .null, "settings": settings, "origins": .array(origins),
        ])
    }

    /// One instance for programs, with all that holds for it and where that comes from.
    ///
    /// - Parameter instance: An instance of the settings, or one that they do not list.
    /// - Returns: The same members as ``document`` has.
    package func document(of instance: InstanceSettings) -> JSONValue {
        var origins: [JSONValue] = []
        let settings = self.json(instance.shown, self.path(of: instance), &origins)
        return .object([
            "file": self.settings.file.map(JSONValue.string) ?? .null, "settings": settings, "origins": .array(origins),
        ])
    }

    private func path(of instance: InstanceSettings) -> SettingPath {
        self.settings.instances.firstIndex(of: instance).map { SettingPath("instances").element($0) } ?? .top
    }

    private struct Line {
        var text: String
        var origin: String?
    }

    private static func aligned(_ lines: [Line]) -> [String] {
        let width = lines.map { $0.origin == nil ? 0 : min($0.text.count, 60) }.max() ?? 0
        return lines.map { line in
            guard let origin = line.origin else { return line.text }
            return line.text + String(repeating: " ", count: max(2, width + 2 - line.text.count)) + "# \(origin)"
        }
    }

    private func add(
        _ shown: [(key: SettingKey, value: ShownSetting)],
        _ depth: Int,
        _ path: SettingPath,
        isWhole: Bool,
        to lines: inout [Line]
    ) {
        let indent = String(repeating: "  ", count: depth)
        for (key, value) in shown {
            let path = path.appending(key.name)
            let origin = self.settings.origins.origin(of: path)
            switch value {
            case .unset: break
            case .value(let text, _, let traits):
                guard isWhole || self.settings.origins.isOwn(path) else { continue }
                if traits.role == .secret {
                    lines.append(Line(text: "\(indent)# \(key.name): <set>", origin: "\(origin)"))
                } else {
                    let written = YAMLText.written(text, isBare: traits.isBare)
                    lines.append(Line(text: "\(indent)\(key.name): \(written)", origin: "\(origin)"))
                }
            case .values(let texts, _):
                guard !texts.isEmpty, isWhole || self.settings.origins.isOwn(path) else { continue }
                let words = texts.map { YAMLText.written($0) }.joined(separator: ", ")
                lines.append(Line(text: "\(indent)\(key.name): [\(words)]", origin: "\(origin)"))
            case .section(let children):
                var below: [Line] = []
                self.add(children, depth + 1, path, isWhole: isWhole, to: &below)
                guard !below.isEmpty else { continue }
                lines.append(Line(text: "\(indent)\(key.name):"))
                lines += below
            case .sections(let elements):
                guard !elements.isEmpty else { continue }
                lines.append(Line(text: "\(indent)\(key.name):"))
                for (index, element) in elements.enumerated() {
                    var below: [Line] = []
                    self.add(element, depth + 2, path.element(index), isWhole: false, to: &below)
                    if !below.isEmpty {
                        let first = below[0].text.dropFirst(indent.count + 4)
                        below[0].text = "\(indent)  - \(first)"
                    }
                    lines += below
                }
            }
        }
    }

    private func json(
        _ shown: [(key: SettingKey, value: ShownSetting)],
        _ path: SettingPath,
        _ origins: inout [JSONValue]
    ) -> JSONValue {
        var members: [String: JSONValue] = [:]
        for (key, value) in shown {
            let path = path.appending(key.name)
            switch value {
            case .unset: members[key.name] = .null
            case .value(_, let json, _), .values(_, let json):
                members[key.name] = json
                origins.append(self.settings.origins.origin(of: path).json(of: path))
            case .section(let children): members[key.name] = self.json(children, path, &origins)
            case .sections(let elements):
                members[key.name] = .array(
                    elements.enumerated().map { self.json($0.element, path.element($0.offset), &origins) }
                )
            }
        }
        return .object(members)
    }
}

extension SettingOrigin {
    /// The place for programs.
    ///
    /// - Parameter path: What comes from there.
    /// - Returns: An object with `path` and `source`, and with `file`, `line`, `column`, `variable` or `flag`.
    fileprivate func json(of path: SettingPath) -> JSONValue {
        var members: [String: JSONValue] = ["path": .string(path.text)]
        switch self {
        case .standard: members["source"] = .string("default")
        case .file(let file, let line, let column):
            members["source"] = .string("file")
            members["file"] = .string(file)
            members["line"] = .integer(Int64(line))
            members["column"] = .integer(Int64(column))
        case .variable(let name):
            members["source"] = .string("variable")
            members["variable"] = .string(name)
        case .flag(let name):
            members["source"] = .string("flag")
            members["flag"] = .string(name)
        }
        return .object(members)
    }
}
