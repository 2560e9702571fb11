import BackupDomain
import BackupEngine
import Foundation
import Synchronization
import TestSupport

/// An instance with a schedule, its history and records in memory, and an Azure that does as it is told.
struct ScheduleFixture: Sendable {
    static let catalogContainer = "apim-backups-catalog"
    static let night = RunFixture.night

    /// What the scripted backup does.
    enum Script: Sendable {
        /// Makes the run that was asked for.
        case runs(RunOutcome)
        /// Reports another run that was under way.
        case watches(Date)
        /// Throws.
        case fails(BackupError)
        /// Another process makes the run, and this one finds its record.
        case isBeaten
        /// Is stopped with the run under way.
        case isStopped
    }

    struct NoZones: TimeZoneDatabase {
        func rules(named name: String) throws(BackupError) -> TimeZoneRules {
            guard name == "UTC" else { throw BackupError(.invalidInput, "There is no time zone '\(name)'.") }
            return .utc
        }
    }

    let clock: ManualClock
    let blobs: MemoryBlobStorage
    let catalog: BlobCatalog
    let board: ScheduleBoard
    let documents: CatalogDocuments
    let stop = StopSignal()
    let id = ResourceID.sample(named: "contoso-apim")
    var schedule = Schedule()

    init(sleeping: ManualClock.Sleeping = .waits) async throws {
        self.clock = ManualClock(now: Self.night - 3600, sleeping: sleeping)
        self.blobs = MemoryBlobStorage(clock: self.clock)
        self.catalog = BlobCatalog(storage: self.blobs, container: Self.catalogContainer)
        self.documents = CatalogDocuments(storage: self.blobs, container: Self.catalogContainer)
        self.board = ScheduleBoard(documents: self.documents)
        try await self.blobs.createContainer(Self.catalogContainer)
    }

    var instance: ScheduledInstance { ScheduledInstance(id: self.id, schedule: self.schedule, zone: .utc) }
    var key: InstanceKey { InstanceKey(self.id) }

    func decide(isUnderWay: Bool = false) async throws -> (plan: DuePlan, history: ScheduleHistory) {
        try await self.board.decide(
            self.instance,
            zones: NoZones(),
            isUnderWay: isUnderWay,
            at: self.clock.now
        )
    }

    /// Brings the history to where the night's run is ordered.
    func orderTheNight() async throws {
        _ = try await self.decide()
        self.clock.set(Self.night)
        _ = try await self.decide()
    }

    func history() async throws -> ScheduleHistory? { try await self.board.history(of: self.key) }

    /// Backups that follow a script; what they were asked for is noted.
    func backups(_ script: Script..., asked: Asked = Asked()) -> DueBackups {
        let steps = Mutex(script)
        let fixture = self
        return DueBackups(
            self.instance,
            order: BackupOrder(instance: self.id, nominalAt: .distantPast),
            board: self.board,
            catalog: self.catalog,
            clock: self.clock,
            stop: self.stop
        ) { order in
            asked.note(order)
            let step = steps.withLock { $0.isEmpty ? nil : $0.removeFirst() }
            return try await fixture.perform(step ?? .fails(BackupError(.azureError, "Nothing is left to do.")), order)
        }
    }

    private func perform(_ step: Script, _ order: BackupOrder) async throws -> RunReport {
        switch step {
        case .runs(let outcome):
            let record = RunRecord.sample(at: order.nominalAt, outcome: outcome)
            _ = try await self.catalog.create(record)
            return RunReport(record: record, ending: .ended, isReattached: false, place: .catalog)
        case .watches(let time):
            return RunReport(record: .sample(at: time), ending: .ended, isReattached: true, place: .catalog)
        case .fails(let error): throw error
        case .isBeaten:
            _ = try await self.catalog.create(.sample(at: order.nominalAt, outcome: .failed))
            throw BackupError(.recordExists, "It has a record already.")
        case .isStopped:
            let record = RunRecord.sample(at: order.nominalAt, outcome: nil)
            _ = try await self.catalog.create(record)
            return RunReport(record: record, ending: .interrupted, isReattached: false, place: .catalog)
        }
    }

    /// The orders that were given.
    final class Asked: Sendable {
        private let orders = Mutex<[BackupOrder]>([])

        var times: [Date] { self.orders.withLock { $0.map(\.nominalAt) } }
        var triggers: Set<RunTrigger> { self.orders.withLock { Set($0.map(\.trigger)) } }

        func note(_ order: BackupOrder) { self.orders.withLock { $0.append(order) } }
    }
}
