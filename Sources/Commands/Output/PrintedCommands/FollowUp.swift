import BackupDomain

/// The commands by which a person goes on with a run, with all that says where its record is.
struct FollowUp: Sendable {
    /// The options that say where records are, each with a value.
    private static let places: Set<String> = [
        "--settings", "--storage-account", "--container", "--catalog-container", "--blob-endpoint", "--cloud",
        "--credential", "--subscription", "--records",
    ]

    /// What was typed; empty where nothing was.
    private let arguments: [String]

    /// Takes over what was typed.
    ///
    /// - Parameter arguments: The arguments of `run` or `resume`, without the program's name.
    init(_ arguments: [String] = []) { self.arguments = arguments }

    /// The command that follows a run to its end.
    ///
    /// - Parameter record: The run's record.
    /// - Returns: What was typed, but that it waits for as long as it takes.
    func follow(_ record: RunRecord) -> String {
        if record.kind == .restore {
            let places = self.arguments.isEmpty ? Self.options(of: record) : self.typedPlaces
            return Self.command(["resume", record.instance.name] + places)
        }
        guard !self.arguments.isEmpty else {
            return Self.command(["run", record.instance.name] + Self.options(of: record))
        }
        return Self.command(self.untimed.filter { $0 != "--no-wait" })
    }

    /// What was typed, but for how long it was to be followed.
    private var untimed: [String] {
        self.arguments.indices.filter { index in
            let isValue = index > 0 && self.arguments[index - 1] == "--timeout"
            return !isValue && self.arguments[index] != "--timeout" && !self.arguments[index].hasPrefix("--timeout=")
        }.map { self.arguments[$0] }
    }

    /// The command that shows a run's record.
    ///
    /// - Parameter record: The run's record.
    /// - Returns: The command, for a record in the catalog container.
    func show(_ record: RunRecord) -> String {
        Self.command(
            ["show", record.run.text] + (self.arguments.isEmpty ? Self.options(of: record) : self.typedPlaces)
        )
    }

    /// The command that brings a backup back, by a plan that is shown first.
    ///
    /// - Parameters:
    ///   - backup: The backup.
    ///   - record: The record of the run that made it.
    /// - Returns: The command, with a placeholder for the instance that it goes into.
    func restore(_ backup: RecordedBackup, of record: RunRecord) -> String {
        let typed = self.typedPlaces
        return Self.command(
            ["restore", "--backup", backup.name, "--to", "NAME"] + (typed.isEmpty ? Self.options(of: record) : typed)
        )
    }

    private var typedPlaces: [String] {
        self.arguments.indices.flatMap { index -> [String] in
            let argument = self.arguments[index]
            if Self.places.contains(argument) { return Array(self.arguments[index...].prefix(2)) }
            let name = argument.prefix { $0 != "=" }
            return name.count < argument.count && Self.places.contains(String(name)) ? [argument] : []
        }
    }

    private static func options(of record: RunRecord) -> [String] {
        let storage = record.storage
        var options = ["--storage-account", storage.account]
        if storage.container != "apim-backups" { options += ["--container", storage.container] }
        if storage.catalogContainer != "apim-backups-catalog" {
            options += ["--catalog-container", storage.catalogContainer]
        }
        return options
    }

    private static func command(_ arguments: [String]) -> String {
        (["apim-backup"] + arguments.map(ShellWord.quoted)).joined(separator: " ")
    }
}
