import EmulatorRuntime
import Foundation

/// Runs one execution to its end: replicas side by side, failed ones again, as the job's configuration says.
struct JobExecutionRun: Sendable {
    /// How a replica ended.
    private enum ReplicaEnd: Sendable {
        case exited([Int])
        case timedOut
        case notStarted(String)
    }

    let execution: JobExecution
    let job: KeptResource
    let definition: JobDefinition
    let images: [String: [String]]
    let surroundings: ContainerSurroundings
    let containers: any ContainerRunner
    /// Waits for what a replica may take, in this machine's time.
    let expire: @Sendable (_ seconds: Int) async throws -> Void

    /// Runs it.
    ///
    /// - Returns: The execution as it ended, but for the time; nil where it was cancelled.
    func ended() async -> JobExecution? {
        let log = ContainerLog()
        var ended = self.execution
        var outcomes: [(isGood: Bool, codes: [Int])] = []
        await withTaskGroup(of: (isGood: Bool, codes: [Int]).self) { group in
            var begun = 0
            func begin() {
                let number = begun
                begun += 1
                group.addTask { await self.replica(number, log) }
            }
            while begun < min(self.definition.parallelism, self.definition.completions) { begin() }
            while let outcome = await group.next() {
                outcomes.append(outcome)
                guard outcome.isGood else {
                    group.cancelAll()
                    break
                }
                if begun < self.definition.completions { begin() }
            }
        }
        if Task.isCancelled { return nil }
        ended.exitCodes = outcomes.flatMap(\.codes)
        ended.status = outcomes.allSatisfy(\.isGood) ? .succeeded : .failed
        ended.log = log.text
        return ended
    }

    /// Runs a replica until it succeeds, or has failed once more often than it may be run again.
    private func replica(_ number: Int, _ log: ContainerLog) async -> (isGood: Bool, codes: [Int]) {
        var codes: [Int] = []
        for _ in 0...self.definition.replicaRetryLimit {
            if Task.isCancelled { break }
            switch await self.attempt(number, log) {
            case .exited(let all):
                codes += all
                if all.allSatisfy({ $0 == 0 }) { return (true, codes) }
            case .timedOut:
                log.append(Data("The replica did not end within \(self.definition.replicaTimeout) seconds.\n".utf8))
            case .notStarted(let reason): log.append(Data("\(reason)\n".utf8))
            }
        }
        return (false, codes)
    }

    private func attempt(_ number: Int, _ log: ContainerLog) async -> ReplicaEnd {
        await withTaskGroup(of: ReplicaEnd.self) { group in
            group.addTask { await self.runContainers(number, log) }
            group.addTask {
                do {
                    try await self.expire(self.definition.replicaTimeout)
                    return .timedOut
                } catch {
                    return .notStarted("The replica was stopped.")
                }
            }
            defer { group.cancelAll() }
            return await group.next() ?? .timedOut
        }
    }

    private func runContainers(_ number: Int, _ log: ContainerLog) async -> ReplicaEnd {
        var codes: [Int] = []
        do {
            for container in self.definition.initContainers {
                codes.append(try await self.run(container, number, log))
                if codes.last != 0 { return .exited(codes) }
            }
            try await withThrowingTaskGroup(of: Int.self) { group in
                for container in self.definition.containers {
                    group.addTask { try await self.run(container, number, log) }
                }
                for try await code in group { codes.append(code) }
            }
            return .exited(codes)
        } catch let fault as ContainerFault {
            return .notStarted(fault.message)
        } catch {
            return .notStarted("The replica was stopped.")
        }
    }

    private func run(_ container: JobContainer, _ number: Int, _ log: ContainerLog) async throws -> Int {
        guard let entry = self.images[container.image] else {
            throw ContainerFault("The image '\(container.image)' cannot be pulled.")
        }
        let command = (container.command.isEmpty ? entry : container.command) + container.arguments
        return try await self.containers.run(
            command,
            environment: self.surroundings.environment(
                of: container,
                in: self.execution,
                replica: number,
                of: self.job
            ),
            mounts: self.mounts(of: container),
            log: log.append
        )
    }

    private func mounts(of container: JobContainer) -> [ContainerMount] {
        self.definition.volumes.compactMap { volume in
            container.mounts[volume.name].map { folder in
                ContainerMount(
                    folder: folder,
                    files: volume.secrets.mapValues { self.job.secrets.member(at: "values", $0)?.string ?? "" }
                )
            }
        }
    }
}
