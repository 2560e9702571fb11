package import BackupDomain

extension ProgramSettings {
    /// What came of reading settings: a value, and what is wrong with it.
    package struct Resolution: Sendable {
        /// The settings; what could not be read is at its default.
        package var settings: ProgramSettings
        /// What is wrong, in the order in which a person reads.
        package var problems: [SettingsProblem]

        /// Whether the settings can be used.
        package var isUsable: Bool { self.problems.allSatisfy { $0.severity == .warning } }

        /// The settings, where they can be used.
        ///
        /// - Returns: The settings.
        /// - Throws: ``BackupDomain/BackupError`` with code `invalidInput`, which names all problems.
        package func checked() throws(BackupError) -> ProgramSettings {
            let errors = self.problems.filter { $0.severity == .error }
            guard let first = errors.first else { return self.settings }
            if errors.count == 1 { throw BackupError(.invalidInput, first.sentence, remedy: first.fix) }
            let lines = errors.map { "  \($0.sentence)\n      \($0.fix)" }
            throw BackupError(
                .invalidInput,
                "There are \(errors.count) problems with the settings:\n\(lines.joined(separator: "\n"))",
                remedy: self.settings.file.map { "Mend them; apim-backup config validate --settings \($0)" }
            )
        }
    }

    /// Reads settings from all that may say something: what comes later wins, key by key.
    ///
    /// Defaults, Azure's own variables, the file, our variables, flags. An instance of the list inherits all that, and what
    /// its own entry says wins, but for flags. All that is given is checked, also where something else wins.
    ///
    /// - Parameters:
    ///   - file: The settings file; nil where there is none.
    ///   - variables: The environment.
    ///   - flags: The flags that were given.
    /// - Returns: The settings with all problems together.
    package static func resolve(
        file: SettingsFile?,
        variables: [String: String],
        flags: [SettingFlag] = []
    ) -> Resolution {
        var reading = SettingsReading(keys: Self.keys)
        var settings = Self()
        settings.file = file?.path
        let tree = Self.tree(of: file, &reading)
        let ours = SettingsNode(variables: variables, keys: Self.keys)
        let flagged = SettingsNode(flags: flags, keys: Self.keys)
        let layers = [Self.azure(variables), tree, ours, flagged].compactMap(\.self)
        for layer in layers { reading.read(&settings, from: layer.without(["instances"]), at: .top) }
        for problem in KnownVariables.problems(variables, keys: Self.keys) { reading.note(problem) }
        settings.instances = Self.instances(
            file: tree?["instances"],
            variable: ours["instances"],
            flags: flagged.without(["instances"]),
            inherited: settings.backup,
            &reading
        )
        // Each instance is looked at as it is: what holds for all may be completed by each.
        let shared = Set(BackupSettings.keys.map(\.name))
        reading.check(settings, at: .top, skipping: settings.instances.isEmpty ? [] : shared)
        settings.origins = reading.origins
        return Resolution(settings: settings, problems: reading.problems.sorted(by: SettingsProblem.precedes))
    }

    private static func instances(
        file: SettingsNode?,
        variable: SettingsNode?,
        flags: SettingsNode,
        inherited: BackupSettings,
        _ reading: inout SettingsReading
    ) -> [InstanceSettings] {
        let path = SettingPath("instances")
        let described = file.flatMap { reading.elements(of: $0, at: path) } ?? []
        // The variable says which instances; the file, where it describes them, how.
        let listed = variable.flatMap { reading.elements(of: $0, at: path) }
        let nodes = listed.map { Self.choose($0, from: described) } ?? described
        let overrides = flags.only(Set(BackupSettings.keys.map(\.name)))
        return nodes.enumerated().map { index, node in
            var instance = InstanceSettings()
            instance.backup = inherited
            let path = path.element(index)
            reading.read(&instance, from: node, at: path)
            reading.readAgain(&instance, from: overrides, at: path)
            return instance
        }
    }

    private static func choose(_ listed: [SettingsNode], from described: [SettingsNode]) -> [SettingsNode] {
        listed.map { node in
            guard case .text(let text, _) = node.content else { return node }
            return described.first { described in
                let own = described["id"] ?? described["name"] ?? described
                guard case .text(let other, _) = own.content else { return false }
                return other.lowercased() == text.lowercased()
            } ?? node
        }
    }

    /// Reads the file's tree, and its version before anything else: what a newer one means is not known here.
    private static func tree(of file: SettingsFile?, _ reading: inout SettingsReading) -> SettingsNode? {
        guard let file else { return nil }
        func problem(_ origin: SettingOrigin?, _ what: String, fix: String) -> SettingsProblem {
            SettingsProblem(
                at: origin ?? .file(path: file.path, line: 1, column: 1),
                field: "version",
                what: what,
                fix: fix
            )
        }
        do {
            guard let tree = try file.tree({ reading.note($0) }) else {
                reading.note(problem(nil, "the file holds no settings", fix: "Write one: apim-backup config generate"))
                return nil
            }
            guard case .keys = tree.content else { return tree }
            guard let version = tree["version"] else {
                reading.note(problem(nil, "the version is missing", fix: "Begin the file with: version: 1"))
                return tree
            }
            if case .text(let text, false) = version.content, let number = SettingType<Int>.digits(text),
                number > Self.currentVersion
            {
                reading.note(
                    problem(
                        version.origin,
                        "version \(number) is of a newer release; this one reads version \(Self.currentVersion)",
                        fix: "Use the release that wrote the file, or write the file anew for this one."
                    )
                )
                return nil
            }
            return tree
        } catch {
            reading.note(error)
            return nil
        }
    }

    /// Azure's own variables, for what they say of our settings: the least of all that says something.
    private static func azure(_ variables: [String: String]) -> SettingsNode? {
        let name = "AZURE_SUBSCRIPTION_ID"
        guard let text = variables[name], !text.isEmpty else { return nil }
        let node = SettingsNode(origin: .variable(name), content: .text(text, isQuoted: false))
        let entry = SettingsNode.Entry(key: "subscription", origin: node.origin, node: node)
        return SettingsNode(origin: node.origin, content: .keys([entry]))
    }
}

extension SettingsNode {
    /// The same without some keys.
    fileprivate func without(_ names: Set<String>) -> Self { self.filtered { !names.contains($0) } }

    /// The same with some keys only.
    fileprivate func only(_ names: Set<String>) -> Self { self.filtered(names.contains) }

    private func filtered(_ isWanted: (String) -> Bool) -> Self {
        guard case .keys(let entries) = self.content else { return self }
        return Self(origin: self.origin, content: .keys(entries.filter { isWanted($0.key) }))
    }
}
