import ArgumentParser
import BackupDomain
import BackupEngine
import Doctor
import Settings

/// `apim-backup doctor`: looks at all that a backup depends on, before the first night.
struct DoctorCommand: ContextCommand {
    /// How often what was mended is looked at again: an identity that is new needs a role.
    private static let rounds = 3

    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Look at all that backups of an instance depend on, and name what mends each fault.",
        discussion: """
            Reads as little as it can; what this identity may not read is reported as not checked. Writes one small blob into \
            the container of records and deletes it again. With --fix it does what is safe, after showing it: containers, the \
            instance's identity, missing roles.

            Exit codes: 0 no fault; 1 a fault; 3 some of several instances have one.
            """
    )

    @Argument(
        help: "The instance's name, or its resource id; all that the settings list by default.",
        transform: GivenName.read
    )
    var instance: String?

    @Flag(help: "Mend what can be mended safely, after showing it.")
    var fix = false

    @Flag(help: "Do not ask before mending.")
    var yes = false

    @OptionGroup var storage: StorageOptions
    @OptionGroup var access: AccessOptions
    @OptionGroup var azure: AzureOptions

    @Option(help: "The resource group of an instance that is given by name, to narrow the search.")
    var resourceGroup: String?

    @Option(help: "The api-version of API Management's calls. (default: \(ProgramSettings().apiVersion))")
    var apiVersion: String?

    @OptionGroup var output: OutputOptions

    func validate() throws {
        if self.yes, !self.fix { throw ValidationError("--yes goes with --fix only.") }
    }

    func run(in context: CommandContext) async throws -> ExitStatus {
        let version = SettingFlag("apiVersion", "--api-version", self.apiVersion)
        let flags = self.storage.flags + self.access.flags + [version]
        let settings = try context.resolveSettings(self.azure, flags).checked()
        let wanted = try settings.wanted(self.instance.map { [$0] } ?? [], resourceGroup: self.resourceGroup)
        return try await AzureConnection.with(settings, context: context) { connection in
            let visit = await DoctorVisit(connection: connection, context: context).lookingAtChannels()
            var reports: [DoctorReport] = []
            for each in wanted {
                reports.append(try await self.look(try each.settings.get(), visit))
            }
            let printer = DoctorPrinter(terminal: context.terminal)
            switch self.output.format {
            case .json: printer.printDocument(reports)
            case .table where self.output.quiet:
                for report in reports where report.isFaulty { context.terminal.print(report.instance) }
            case .table where !self.fix: for report in reports { printer.print(report) }
            case .table: break
            }
            return .common(reports.map { $0.isFaulty ? .failed : .success })
        }
    }

    private func look(_ instance: InstanceSettings, _ visit: DoctorVisit) async throws -> DoctorReport {
        var report = try await visit.look(at: instance)
        guard self.fix else { return report }
        let printer = DoctorPrinter(terminal: visit.context.terminal)
        let shows = self.output.format == .table && !self.output.quiet
        if shows { printer.print(report) }
        var done: Set<Fix> = []
        for _ in 0..<Self.rounds {
            let fixes = report.fixes.filter { !done.contains($0) }
            guard !fixes.isEmpty else { break }
            printer.note(fixes)
            guard try await self.isWanted(fixes, visit) else { break }
            for fix in fixes {
                try await visit.mend(fix, of: instance)
                done.insert(fix)
            }
            report = try await visit.look(at: instance)
            if shows { printer.print(report) }
        }
        return report
    }

    private func isWanted(_ fixes: [Fix], _ visit: DoctorVisit) async throws -> Bool {
        if self.yes { return true }
        guard let confirm = visit.context.confirm else {
            throw BackupError(
                .invalidInput,
                "Nobody can be asked here, since standard input is no terminal; nothing was changed.",
                remedy: "Look at what would be done, above, and give --yes."
            )
        }
        return await confirm(fixes.count == 1 ? "Do this?" : "Do these \(fixes.count)?")
    }
}
