import ArgumentParser
import AzureClient
import BackupDomain
import BackupEngine
import FieldTest
import Settings

/// `apim-backup field-test`: sees on a live subscription whether Azure behaves as is taken for granted.
struct FieldTestCommand: ContextCommand {
    static let configuration = CommandConfiguration(
        commandName: "field-test",
        abstract: "Back up an instance, take down all that Azure says, and compare it with what is taken for granted.",
        discussion: """
            Reads what doctor reads, makes one backup, writes and deletes one small blob in the container of records, and with \
            --restore-to restores that backup into a scratch instance, which must carry the tag \(ScratchTag.name)=true. The \
            transcript holds each exchange without secrets, names and what anybody wrote; the answers say of each entry of \
            docs/assumptions.json: confirmed, contradicted, or not seen, and why.

            Exit codes: 0 all well; 1 something is contradicted, or a run failed; others as those of run.
            """
    )

    @Option(help: "The instance that is backed up: a name, or a full resource id.", transform: GivenName.read)
    var instance: String

    @Option(
        help: "The scratch instance that the backup is restored into: a name, or a full resource id.",
        transform: GivenName.read
    )
    var restoreTo: String?

    @Option(help: ArgumentHelp("The scratch instance's name: all that it holds is overwritten.", valueName: "name"))
    var confirm: String?

    @Option(
        name: .shortAndLong,
        help: "The file that the transcript goes to, which must not exist. (default: field-test-TIME.jsonl)"
    )
    var out: String?

    @OptionGroup var storage: StorageOptions
    @OptionGroup var access: AccessOptions
    @OptionGroup var azure: AzureOptions

    @Option(help: "How long to follow each accepted operation: a number with s, m, h or d. (default: 12h)")
    var timeout: String?

    @OptionGroup var records: RecordsOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if self.restoreTo != nil, self.confirm == nil {
            throw ValidationError(
                "--restore-to overwrites all that an instance holds: give its name with --confirm too."
            )
        }
        if self.restoreTo == nil, self.confirm != nil {
            throw ValidationError("--confirm goes with --restore-to only.")
        }
    }

    func run(in context: CommandContext) async throws -> ExitStatus {
        let timeout = SettingFlag("timeout", "--timeout", self.timeout)
        let settings = try context.resolveSettings(self.azure, self.storage.flags + self.access.flags + [timeout])
            .checked()
        let wanted = try settings.wanted([self.instance], resourceGroup: nil)[0].settings.get()
        let file = try TranscriptFile(self.out ?? "field-test-\(context.clock.now.compact).jsonl")
        return try await AzureConnection.with(
            settings,
            records: self.records.records,
            rules: .unattended,
            context: context,
            record: { file.write(.exchange($0)) }
        ) { connection in
            guard let recorder = connection.recorder else { return .failed }
            file.write(
                .head(
                    program: "apim-backup \(ApimBackup.version)",
                    cloud: connection.cloud.name,
                    startedAt: connection.clock.now.wholeSeconds
                )
            )
            let run = InstanceRun(connection: connection, context: context)
            let work = FieldTestWork(
                run: run,
                recorder: recorder,
                instance: wanted,
                target: self.target,
                watcher: { self.watcher(run) }
            )
            return try await self.perform(work, file)
        }
    }

    private func perform(_ work: FieldTestWork, _ file: TranscriptFile) async throws -> ExitStatus {
        var end: FieldTestEnd
        do {
            end = try await work.perform()
        } catch {
            // What was exchanged until then is worth judging too.
            for answer in Answer.all(work.recorder.exchanges) { file.write(.answer(answer)) }
            throw error
        }
        end.answers = Answer.all(work.recorder.exchanges)
        for answer in end.answers { file.write(.answer(answer)) }
        FieldTestPrinter(terminal: work.run.context.terminal, output: self.output).print(end, transcript: file.path)
        if let problem = file.problem { throw problem }
        return end.exitStatus
    }

    private var target: FieldTestWork.Target? {
        guard let instance = self.restoreTo, let confirmation = self.confirm else { return nil }
        return FieldTestWork.Target(instance: instance, confirmation: confirmation)
    }

    private func watcher(_ run: InstanceRun) -> RunWatcher {
        let terminal = run.context.terminal
        let isLive = terminal.abilities.drawsLive && !self.output.verbose
        let isQuiet = self.output.format == .json || self.output.quiet
        return RunWatcher(
            mode: isQuiet ? .quiet : isLive ? .live : .lines(verbose: self.output.verbose),
            terminal: terminal,
            clock: run.connection.clock,
            interruption: run.context.interruption
        ) { _ in nil }
    }
}
