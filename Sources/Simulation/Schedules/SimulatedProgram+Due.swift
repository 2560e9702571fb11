import BackupDomain
import BackupEngine
import FoundationEssentials

/// What `run --due` does.
extension SimulatedProgram {
    /// Decides what is due, and makes the backups that were ordered.
    ///
    /// - Parameters:
    ///   - id: The instance.
    ///   - course: Its schedule.
    ///   - order: How its backups are made.
    ///   - refusals: How often a notice is not taken.
    /// - Returns: What came of it, for the story.
    /// - Throws: What the engine throws.
    func due(
        _ id: ResourceID,
        _ course: ScheduleCourse,
        _ order: BackupOrder,
        refusals: Double
    ) async throws -> String {
        let connection = try await self.connect()
        let (blobs, container) = (connection.storage.blobs, Self.catalogContainer)
        let runner = self.runner(connection)
        let instance = ScheduledInstance(id: id, schedule: course.schedule, zone: course.zone.rules)
        let board = ScheduleBoard(documents: CatalogDocuments(storage: blobs, container: container))
        let (story, azure, number) = (self.story, self.azure, self.process.number)
        let work = DueWork(
            instance,
            board: board,
            backups: DueBackups(
                instance,
                order: order,
                board: board,
                catalog: BlobCatalog(storage: blobs, container: container),
                clock: self.process,
                stop: self.process.stop,
                backUp: { try await runner.run($0) }
            ),
            zones: course.zone,
            clock: self.process,
            notify: { Self.note($0, story, azure, number) }
        )
        try await self.process.stop.heeding {
            try await work.perform()
            if let left = try await runner.resumeLeft(order) {
                story.note(azure.now, 723, "process \(number) followed \(left.record.run): \(left.ending)")
            }
        }
        try await self.tell(of: instance, connection, refusals: refusals)
        return "what was due is done"
    }

    private static func note(
        _ notice: DueNotice,
        _ story: Story,
        _ azure: SimulatedAzure,
        _ number: Int
    ) {
        switch notice {
        case .begins(let time, let late):
            azure.with { $0.oracle.works[number]?.runs += 1 }
            story.note(azure.now, 720, "process \(number) begins the time \(time.iso8601), \(late) late")
        case .ended(let time, let outcome):
            story.note(
                azure.now,
                721,
                "process \(number) is through with \(time.iso8601): \(Self.text(outcome))"
            )
        case .leftOut(let entries):
            let texts = entries.map {
                "\($0.from.iso8601) \($0.outcome) \($0.reason.map { "\($0.code)" } ?? "")"
            }
            story.note(azure.now, 722, "process \(number) leaves out \(texts)")
        case .resumed, .trouble: return
        }
    }

    private static func text(_ outcome: DueOutcome) -> String {
        switch outcome {
        case .ran(let report): "ran, \(report.ending)"
        case .ranElsewhere: "ran elsewhere"
        case .skipped(let entry), .failed(let entry, _): "\(entry.outcome)"
        case .left: "left to the next"
        }
    }
}
