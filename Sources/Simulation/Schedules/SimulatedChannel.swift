import BackupDomain
import Synchronization

/// A channel that leads to the oracle, and takes nothing now and then.
final class SimulatedChannel: NoticeChannel {
    let name = "simulated"
    private let process: SimulatedProcess
    private let azure: SimulatedAzure
    private let story: Story
    private let random: Mutex<SplitMix>
    private let refusals: Double

    /// Opens the channel for a process.
    ///
    /// - Parameters:
    ///   - process: The process.
    ///   - azure: Where the oracle is.
    ///   - story: What happened so far.
    ///   - random: Decides what is not taken.
    ///   - refusals: How often that is.
    init(process: SimulatedProcess, azure: SimulatedAzure, story: Story, random: SplitMix, refusals: Double) {
        self.process = process
        self.azure = azure
        self.story = story
        self.random = Mutex(random)
        self.refusals = refusals
    }

    func send(_ notice: Notice) async throws {
        try await self.process.sleep(for: .milliseconds(40))
        if self.random.withLock({ $0.happens(self.refusals) }) {
            throw BackupError(.noticeNotDelivered, "The channel '\(self.name)' took nothing.")
        }
        let what = notice.incident.map { "\($0.kind) \($0.id)" } ?? ""
        self.story.note(self.azure.now, 730, "process \(self.process.number) tells: \(notice.event) \(what)")
        self.azure.with { $0.oracle.told(notice, at: $0.now) }
    }
}
