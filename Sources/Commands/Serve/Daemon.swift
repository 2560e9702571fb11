import BackupDomain
import BackupEngine
import Logging
import Observability
import Scheduling
import ServiceLifecycle
import Serving
import Settings

/// The parts of `serve`, put together: services that run until somebody asks to stop, and pages that are answered meanwhile.
struct Daemon: Sendable {
    /// How long the scheduler may take between two looks before it counts as stuck.
    private static let patience = Timetable.longestSleep * 2 + .seconds(60)
    /// How long the end may take: a POST and the record of it are sent to their end.
    private static let patienceAtTheEnd = Duration.seconds(120)

    private let context: CommandContext
    private let keeper: FleetKeeper<ScheduledFleet>
    private let listener: HTTPListener?
    private let ask: @Sendable () -> Void
    private let files: [String]
    private let look: @Sendable () -> Void

    /// Reads the settings and puts the parts together.
    ///
    /// - Parameters:
    ///   - azure: Which settings file, and the flags that every command has.
    ///   - flags: Further flags.
    ///   - context: What the program is given.
    /// - Throws: ``BackupDomain/BackupError`` with code `invalidInput`, which names all problems.
    init(_ azure: AzureOptions, _ flags: [SettingFlag?], context: CommandContext) throws(BackupError) {
        let state = DaemonState(memory: MemoryRelease(context.releaseMemory))
        let log = EventLog(
            try context.scheduledSettings(azure, flags).log,
            tail: state.tail,
            clock: context.clock,
            terminal: context.terminal
        )
        let (causes, cause) = AsyncStream<ReloadCause>.makeStream(bufferingPolicy: .bufferingOldest(8))
        let settings = ServedSettings(azure, flags, context: context, log: log, daemon: state) { cause.yield(.looked) }
        self.ask = { cause.yield(.asked) }
        self.look = { cause.yield(.looked) }
        self.files = context.files.places(named: azure.settings, variables: context.environment)
        let first = try settings.load()
        self.context = context
        let keeper = FleetKeeper(
            first,
            causes: causes,
            load: { settings.reload($0) },
            refused: { settings.refuse($0) }
        )
        self.keeper = keeper
        let metrics = MetricsPage(
            process: state.counts.metrics,
            version: ApimBackup.version,
            clock: context.clock,
            gauges: { (keeper.present ?? first).gauges },
            read: { _ in await (keeper.present ?? first).metrics() }
        )
        let readiness: @Sendable () async -> Readiness = {
            await (keeper.present ?? first).readiness(refused: settings.refused)
        }
        let routes = Self.routes(
            tickAge: { keeper.present?.tickAge },
            readiness: readiness,
            metrics: metrics,
            clock: context.clock
        )
        let listen = first.settings.serve.listen
        self.listener =
            listen == ServeSettings.nowhere
            ? nil : ListenAddress(listen).map { HTTPListener($0, routes: routes) { log.listening($0) } }
    }

    /// The pages.
    private static func routes(
        tickAge: @escaping @Sendable () -> Duration?,
        readiness: @escaping @Sendable () async -> Readiness,
        metrics: MetricsPage,
        clock: any WallClock
    ) -> [HTTPRoute] {
        let began = clock.uptime
        return [
            HTTPRoute("/livez") {
                Liveness(tickAge: tickAge(), uptime: clock.uptime - began, limit: Self.patience).page
            },
            HTTPRoute("/readyz") { await readiness().page },
            HTTPRoute("/metrics") {
                guard let text = try? await metrics.text() else {
                    return HTTPPage(status: 503, body: "The page could not be made: the program is ending.\n")
                }
                return HTTPPage(contentType: PrometheusText.contentType, body: text)
            },
        ]
    }

    /// Runs until somebody asks to stop.
    ///
    /// - Throws: ``BackupDomain/BackupError`` where a part cannot begin its work.
    func run() async throws {
        let listener: [any Service] = self.listener.map { [$0] } ?? []
        let services = listener + [self.keeper]
        var configuration = ServiceGroupConfiguration(
            services: services,
            logger: Logger(label: "apim-backup.services") { _ in SwiftLogNoOpLogHandler() }
        )
        configuration.maximumGracefulShutdownDuration = Self.patienceAtTheEnd
        let group = ServiceGroup(configuration: configuration)
        try await withThrowingTaskGroup(of: Bool.self) { tasks in
            tasks.addTask {
                try await group.run()
                return true
            }
            tasks.addTask {
                await self.context.hangUps(self.ask)
                return false
            }
            tasks.addTask {
                await self.context.fileNotices(self.files, self.look)
                return false
            }
            tasks.addTask {
                await self.context.stop.wait()
                await group.triggerGracefulShutdown()
                return false
            }
            defer { tasks.cancelAll() }
            while let isOver = try await tasks.next(), !isOver {}
        }
    }
}
