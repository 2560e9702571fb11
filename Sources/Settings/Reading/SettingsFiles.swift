package import BackupDomain
package import FoundationEssentials

/// The files that settings come from and name: the only way in which they are reached.
package struct SettingsFiles: Sendable {
    /// What is known of a file without reading it.
    package struct Facts: Sendable, Hashable {
        /// Whether others than its owner and group may read it.
        package var isOpenToOthers: Bool
        /// Its permissions, such as `644`.
        package var mode: String
        /// Whether it is a program that this process may start.
        package var isProgram: Bool

        /// Creates a value; of what is no program by default.
        package init(isOpenToOthers: Bool, mode: String, isProgram: Bool = false) {
            self.isOpenToOthers = isOpenToOthers
            self.mode = mode
            self.isProgram = isProgram
        }
    }

    private let standardPlaces: [String]
    private let read: @Sendable (_ path: String, _ capInBytes: Int) throws -> Data?
    private let facts: @Sendable (_ path: String) -> Facts?

    /// Wraps a file system.
    ///
    /// - Parameters:
    ///   - standardPlaces: Where a settings file is looked for that nobody names.
    ///   - read: Reads a file up to a byte beyond the cap; nil where there is none.
    ///   - facts: Looks at a file; nil where there is none that can be looked at.
    package init(
        standardPlaces: [String],
        read: @escaping @Sendable (_ path: String, _ capInBytes: Int) throws -> Data?,
        facts: @escaping @Sendable (_ path: String) -> Facts?
    ) {
        self.standardPlaces = standardPlaces
        self.read = read
        self.facts = facts
    }

    /// The same files, but no settings file that nobody names.
    package var withoutStandardPlaces: Self { Self(standardPlaces: [], read: self.read, facts: self.facts) }

    /// Finds and reads the settings file.
    ///
    /// - Parameters:
    ///   - named: What `--settings` names; nil where it was not given.
    ///   - variables: The environment, for `APIM_BACKUP_SETTINGS`.
    /// - Returns: The file; nil where nobody names one and none lies at a standard place.
    /// - Throws: ``BackupDomain/BackupError`` with code `invalidInput` where it is missing or cannot be read.
    package func settingsFile(named: String?, variables: [String: String]) throws(BackupError) -> SettingsFile? {
        if let path = named ?? Self.named(in: variables) {
            let source = named == nil ? "APIM_BACKUP_SETTINGS" : "--settings"
            if let content = try self.content(of: path) { return SettingsFile(path: path, content: content) }
            throw BackupError(
                .invalidInput,
                "There is no settings file \(path), which \(source) names.",
                remedy: "Name one that is there, or write one: apim-backup config generate --out \(path)"
            )
        }
        for path in self.standardPlaces {
            if let content = try self.content(of: path) { return SettingsFile(path: path, content: content) }
        }
        return nil
    }

    /// Where a settings file is looked for.
    ///
    /// - Parameters:
    ///   - named: What `--settings` names; nil where it was not given.
    ///   - variables: The environment, for `APIM_BACKUP_SETTINGS`.
    /// - Returns: The paths, the first of which that is there counts.
    package func places(named: String?, variables: [String: String]) -> [String] {
        (named ?? Self.named(in: variables)).map { [$0] } ?? self.standardPlaces
    }

    private static func named(in variables: [String: String]) -> String? {
        variables["APIM_BACKUP_SETTINGS"].flatMap { $0.isEmpty ? nil : $0 }
    }

    private func content(of path: String) throws(BackupError) -> Data? {
        do {
            return try self.read(path, SettingsFile.capInBytes)
        } catch {
            throw BackupError(.invalidInput, "The settings file \(path) cannot be read: \(error)")
        }
    }

    /// Looks for a program as it is found when it is started, without a shell and in the folder `/`.
    ///
    /// - Parameters:
    ///   - name: Its path, or a name that is looked for.
    ///   - folders: Where a name is looked for, as `PATH` has it.
    /// - Returns: Whether it is there and can be started.
    package func hasProgram(_ name: String, folders: String) -> Bool {
        let places =
            name.contains("/")
            ? [name.hasPrefix("/") ? name : "/\(name)"] : folders.split(separator: ":").map { "\($0)/\(name)" }
        return places.contains { self.facts($0)?.isProgram == true }
    }

    /// Looks at the files that hold secrets.
    ///
    /// - Parameter settings: The settings.
    /// - Returns: A problem for each that others can read, and a warning for each that is not here.
    package func secretFileProblems(of settings: ProgramSettings) -> [SettingsProblem] {
        var problems: [SettingsProblem] = []
        for (path, file) in settings.secretFiles {
            let origin = settings.origins.nearest(to: path)
            guard let facts = self.facts(file) else {
                problems.append(
                    SettingsProblem(
                        .warning,
                        at: origin,
                        field: path.text,
                        what: "there is no file \(file) on this machine, or it cannot be looked at",
                        fix: "Put it there before a run needs it."
                    )
                )
                continue
            }
            guard facts.isOpenToOthers else { continue }
            problems.append(
                SettingsProblem(
                    at: origin,
                    field: path.text,
                    what:
                        "everybody on this machine can read \(file) (its mode is \(facts.mode)), and it holds a secret",
                    fix: "chmod o-rwx \(file); in Kubernetes set defaultMode: 0440 on the volume."
                )
            )
        }
        // What an instance inherits is told of once, where it stands.
        return problems.reduce(into: []) { unique, problem in
            if !unique.contains(where: { $0.origin == problem.origin && $0.what == problem.what }) {
                unique.append(problem)
            }
        }
    }

    /// Reads a secret from its file.
    ///
    /// - Parameters:
    ///   - path: The file's path.
    ///   - what: What it holds, for messages, such as `the account's key`.
    ///   - capInBytes: The most bytes that it may have.
    /// - Returns: The secret, without blanks and line ends around it.
    /// - Throws: ``BackupDomain/BackupError`` with code `invalidInput` where it cannot be read, is empty or too large, or can
    ///   be read by others.
    package func secret(in path: String, _ what: String, capInBytes: Int = 4096) throws(BackupError) -> Secret {
        if let facts = self.facts(path), facts.isOpenToOthers {
            throw BackupError(
                .invalidInput,
                "Everybody on this machine can read \(path) (its mode is \(facts.mode)), and it holds \(what).",
                remedy: "chmod o-rwx \(path); in Kubernetes set defaultMode: 0440 on the volume."
            )
        }
        let content: Data?
        do {
            content = try self.read(path, capInBytes)
        } catch {
            throw BackupError(
                .invalidInput,
                "The file \(path), which holds \(what), cannot be read: \(error)",
                remedy: "Let this user read it, and nobody else: chmod 600 and its owner."
            )
        }
        guard let content, content.count <= capInBytes else {
            let why = content == nil ? "is not there" : "is larger than \(capInBytes) bytes"
            throw BackupError(
                .invalidInput,
                "The file \(path), which should hold \(what), \(why).",
                remedy: "Name the file that holds it and nothing else, or put it there."
            )
        }
        let text = String(decoding: content, as: UTF8.self).trimmingPrefix(while: \.isWhitespace)
        let trimmed = String(text.reversed().drop(while: \.isWhitespace).reversed())
        guard !trimmed.isEmpty else {
            throw BackupError(
                .invalidInput,
                "The file \(path), which should hold \(what), is empty.",
                remedy: "Name the file that holds it, or write it there."
            )
        }
        return Secret(trimmed)
    }
}

extension ProgramSettings {
    /// The files with secrets that the settings name, by their paths.
    var secretFiles: [(path: SettingPath, file: String)] {
        func search(_ shown: [(key: SettingKey, value: ShownSetting)], _ path: SettingPath) -> [(SettingPath, String)] {
            shown.flatMap { key, value -> [(SettingPath, String)] in
                let path = path.appending(key.name)
                switch value {
                case .value(let text, _, let traits): return traits.role == .secretFile ? [(path, text)] : []
                case .section(let children): return search(children, path)
                case .sections(let elements):
                    return elements.enumerated().flatMap { search($0.element, path.element($0.offset)) }
                case .unset, .values: return []
                }
            }
        }
        return search(self.shown, .top).map { (path: $0.0, file: $0.1) }
    }
}
