import AzureClient
import BackupDomain
import Foundation
import HTTPTypes
import Synchronization
import Testing

/// The recorded exchanges of a real backup, as the fixture has them.
struct RecordedSession: Decodable, Sendable {
    struct Exchange: Decodable, Sendable {
        struct Request: Decodable, Sendable {
            var method: String
            var path: String
            var body: String?
        }

        struct Response: Decodable, Sendable {
            var status: Int
            var headers: [String: String]
            var body: String
        }

        var request: Request
        var response: Response

        func answer(date: Date?) -> HTTPExchangeResponse {
            var answer = HTTPExchangeResponse(status: self.response.status, body: Data(self.response.body.utf8))
            for (name, value) in self.response.headers {
                guard let name = HTTPField.Name(name) else { continue }
                answer.fields[name] = value
            }
            if let date { answer.fields[.date] = Self.httpDate(date) }
            return answer
        }

        private static func httpDate(_ date: Date) -> String {
            let style = Date.VerbatimFormatStyle(
                format: """
                    \(weekday: .abbreviated), \(day: .twoDigits) \(month: .abbreviated) \(year: .defaultDigits) \
                    \(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\(minute: .twoDigits):\
                    \(second: .twoDigits) GMT
                    """,
                locale: Locale(identifier: "en_US_POSIX"),
                timeZone: .gmt,
                calendar: Calendar(identifier: .gregorian)
            )
            return date.formatted(style)
        }
    }

    var exchanges: [Exchange]

    static func load() throws -> Self {
        let url = try #require(
            Bundle.module.url(forResource: "recorded-backup-session", withExtension: "json", subdirectory: "Fixtures")
        )
        return try JSONDecoder().decode(Self.self, from: Data(contentsOf: url))
    }
}
