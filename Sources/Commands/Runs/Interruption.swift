import BackupDomain
import Synchronization

/// What a person is told who stops the program: at once that it is heard, and at the end whether anything goes on in Azure.
package final class Interruption: Sendable {
    private struct State {
        var runs: [RunID: RunRecord] = [:]
        var isAnnounced = false
    }

    private let state = Mutex(State())

    /// Knows of no run yet.
    package init() {}

    /// Takes note of how far a run has come.
    ///
    /// - Parameter record: The run's record.
    func note(_ record: RunRecord) {
        self.state.withLock { $0.runs[record.run] = record.state == .ended ? nil : record }
    }

    /// Says once that the request to stop is heard.
    ///
    /// - Parameter terminal: Where.
    func announce(on terminal: Terminal) {
        let isFirst = self.state.withLock { state in
            defer { state.isAnnounced = true }
            return !state.isAnnounced
        }
        guard isFirst else { return }
        if terminal.abilities.drawsLive { terminal.draw("\r\u{1B}[2K") }
        terminal.note("Stopping. What is being sent to Azure is sent to its end; once more ends that too.")
    }

    /// Whether backups go on in Azure although the program ends.
    package var sentence: String {
        let runs = self.state.withLock { $0.runs.values.sorted { $0.run < $1.run } }
        var sentences: [String] = []
        for sentence in runs.compactMap(Self.sentence) where !sentences.contains(sentence) {
            sentences.append(sentence)
        }
        guard !sentences.isEmpty else { return "No backup was posted; nothing goes on in Azure." }
        return sentences.joined(separator: " ")
    }

    /// Whether one run's work goes on; nil where nothing does.
    static func sentence(_ record: RunRecord) -> String? {
        let name = record.instance.name
        let follower = record.kind == .backup ? "the next run follows it" : "'apim-backup resume \(name)' follows it"
        switch record.state {
        case .accepted, .proving:
            return "The \(record.kind) of \(name) goes on in Azure; \(follower) to its end."
        case .settling where record.attempts.last?.submission == .accepted:
            return "The \(record.kind) of \(name) goes on in Azure; \(follower) to its end."
        case .posting, .settling:
            return
                "Whether Azure has taken the \(record.kind) of \(name) is open; \(record.kind == .backup ? "the next run" : "'apim-backup resume \(name)'") finds out."
        case .planned where record.attempts.contains { $0.submission == .unanswered }:
            return "Whether Azure has taken an earlier POST for \(name) is open; the next run finds out."
        case .planned, .ended:
            return nil
        }
    }
}
