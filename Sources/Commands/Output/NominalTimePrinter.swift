import BackupDomain
import Foundation

/// The times of a schedule as a table or as JSON.
struct NominalTimePrinter {
    /// One element of `schedule next --format json`.
    struct Row: Encodable {
        /// What the zone's clocks show, with their offset.
        var local: String
        /// The instant in UTC.
        var utc: Date
        /// What is odd about it; null for most.
        var reason: String?

        private enum CodingKeys: String, CodingKey { case local, utc, reason }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(self.local, forKey: .local)
            try container.encode(self.utc, forKey: .utc)
            // Present in every element, so that a reader need not tell missing from null.
            try container.encode(self.reason, forKey: .reason)
        }
    }

    let terminal: Terminal

    func printDocument(_ times: [NominalTime]) {
        self.terminal.printDocument(
            times.map { Row(local: $0.local, utc: $0.at, reason: $0.oddity.map(String.init(describing:))) }
        )
    }

    func printTable(_ times: [NominalTime], timeZone: String) {
        let rows = times.map { time in
            [time.weekday, time.local, time.at.iso8601, time.oddity.map(String.init(describing:)) ?? ""]
        }
        let table = Table([.init("DAY"), .init("LOCAL (\(timeZone))"), .init("UTC"), .init("NOTE")], rows: rows)
        for line in table.lines { self.terminal.print(line) }
    }
}
