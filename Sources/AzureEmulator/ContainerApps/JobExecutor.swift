import EmulatorRuntime
import Foundation

/// Runs the executions that have begun, for as long as the emulator does.
///
/// One that was running when the emulator ended is run again from its beginning, as a replica is whose node went down.
struct JobExecutor: Sendable {
    let cloud: Cloud
    let sources: EmulatorSources
    let surroundings: ContainerSurroundings

    /// The most executions that run at once; others wait.
    private static let width = 16

    /// Works until the task is cancelled.
    ///
    /// - Throws: What keeps the state from being written.
    func run() async throws {
        try await withThrowingDiscardingTaskGroup { group in
            var stops: [Scope: WakeSignal] = [:]
            while !Task.isCancelled {
                let open = self.cloud.read { state, _ in state.executions.values.filter { $0.endedAt == nil } }
                for (id, stop) in stops {
                    guard let execution = open.first(where: { $0.id == id }) else {
                        // It has ended, or its job was deleted.
                        stop.ring()
                        stops[id] = nil
                        continue
                    }
                    if execution.isStopping { stop.ring() }
                }
                for execution in open.sorted(by: { $0.startedAt < $1.startedAt })
                where stops[execution.id] == nil && stops.count < Self.width {
                    let stop = WakeSignal()
                    stops[execution.id] = stop
                    if execution.isStopping { stop.ring() }
                    group.addTask { try await self.perform(execution, until: stop) }
                }
                await self.cloud.jobWakes.wait()
            }
            group.cancelAll()
        }
    }

    private func perform(_ execution: JobExecution, until stop: WakeSignal) async throws {
        let (job, images) = self.cloud.read { state, _ in (state.resources[execution.job], state.world.images) }
        guard let job else { return }
        var properties = job.properties
        properties["template"] = execution.template
        guard let definition = try? JobDefinition(properties) else { return try self.end(execution, .failed) }
        let run = JobExecutionRun(
            execution: execution,
            job: job,
            definition: definition,
            images: images,
            surroundings: self.surroundings,
            containers: self.sources.containers,
            expire: self.expire
        )
        let ended = await withTaskGroup(of: JobExecution?.self) { group in
            group.addTask { await run.ended() }
            group.addTask {
                await stop.wait()
                return nil
            }
            defer { group.cancelAll() }
            return await group.next() ?? nil
        }
        if let ended { return try self.end(ended, ended.status) }
        // An emulator that ends leaves the execution open, so that the next one runs it again.
        guard !Task.isCancelled else { return }
        try self.end(execution, .stopped)
    }

    private func end(_ execution: JobExecution, _ status: JobExecution.Status) throws {
        try self.cloud.change { state, now in
            guard var kept = state.executions[execution.id], kept.endedAt == nil else { return ([], ()) }
            kept.exitCodes = execution.exitCodes
            kept.log = execution.log
            kept.status = status
            kept.endedAt = now
            return ([.execution(kept)], ())
        }
    }

    private func expire(_ seconds: Int) async throws {
        let duration = self.cloud.clock.scaled(.seconds(seconds))
        try await self.sources.pause(duration / self.sources.instantScale)
    }
}
