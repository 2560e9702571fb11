package import FoundationEssentials

/// One message to people: that an incident was opened, goes on or is over, or the line of a morning.
package struct Notice: Sendable, Codable, Equatable {
    /// What is told.
    package enum Event: String, Sendable, Codable, CaseIterable {
        /// Something is wrong.
        case opened
        /// It concerns at least twice as many instances as were told.
        case grown
        /// It is still so.
        case reminder
        /// All is well again.
        case recovered
        /// How everything stands, each morning.
        case digest
        /// Nothing: somebody tries a channel.
        case test
    }

    /// An instance that the notice names.
    package struct Line: Sendable, Codable, Hashable {
        /// The instance's name.
        package var name: String
        /// The instance's key.
        package var key: String
        /// What is wrong with it, in a sentence; nil where it was not looked at just now.
        package var text: String?
        /// The run whose record tells more.
        package var run: RunID?

        /// Creates a value.
        package init(name: String, key: String, text: String?, run: RunID?) {
            self.name = name
            self.key = key
            self.text = text
            self.run = run
        }
    }

    /// How many instances a notice names; the others it counts.
    package static let mostLines = 20

    /// The notice's id: the same however often it is sent, so that a receiver can tell repetitions.
    package var id: String
    /// What is told.
    package var event: Event
    /// When it was written.
    package var at: Date
    /// The incident as it was then; nil for a digest and a test.
    package var incident: NoticedIncident?
    /// The morning's line; nil for all else.
    package var digest: DailyDigest?
    /// The instances that it names.
    package var lines: [Line] = []
    /// What went wrong; where a run failed, what its record has, filled in when it is sent.
    package var error: BackupError?
    /// What became of it, by the channel's name.
    package var deliveries: [String: NoticeDelivery] = [:]

    /// Creates a notice.
    ///
    /// - Parameters:
    ///   - id: The notice's id.
    ///   - event: What is told.
    ///   - at: The present instant.
    package init(id: String, event: Event, at: Date) {
        self.id = id
        self.event = event
        self.at = at
    }

    /// Whether every channel has it, or has been given up on.
    package var isSettled: Bool { self.deliveries.values.allSatisfy { $0.state != .pending } }
}
