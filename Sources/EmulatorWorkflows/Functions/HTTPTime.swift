import EmulatorExpressions
import EmulatorRuntime

/// Times as header fields and lists of blobs have them, such as `Mon, 23 Nov 2026 01:00:00 GMT`.
///
/// Source: RFC 9110, section 5.6.7.
enum HTTPTime {
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    static func read(_ text: String) -> Timestamp? {
        let pattern = /[A-Z][a-z]{2}, (\d{2}) ([A-Z][a-z]{2}) (\d{4}) (\d{2}:\d{2}:\d{2}) GMT/
        guard let match = text.wholeMatch(of: pattern), let month = Self.months.firstIndex(of: String(match.2)) else {
            return nil
        }
        return Timestamp("\(match.3)-\(CalendarInstant.padded(month + 1, to: 2))-\(match.1)T\(match.4)Z")
    }
}
