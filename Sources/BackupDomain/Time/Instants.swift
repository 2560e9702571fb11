package import FoundationEssentials

extension Date {
    /// The instant in UTC as our JSON writes it: `2026-11-24T01:00:00Z`, with milliseconds where there are any.
    package var iso8601: String {
        let milliseconds = (self.timeIntervalSince1970 * 1000).rounded()
        let whole = milliseconds.truncatingRemainder(dividingBy: 1000) == 0
        if let text = InstantText.extended(milliseconds, isFractional: !whole) { return text }
        // The style cuts; a little more than the millisecond keeps it from cutting to the one before.
        let date = Date(timeIntervalSince1970: milliseconds / 1000 + 0.0001)
        return whole
            ? date.formatted(.iso8601)
            : date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }

    /// Reads an instant with a zone, with or without fractions of a second.
    ///
    /// - Parameter text: Such as `2026-11-24T01:00:00Z` or `2026-11-24T02:00:00.5+01:00`.
    package init?(iso8601 text: String) {
        guard text.utf8.count <= 40 else { return nil }
        if let milliseconds = InstantText.milliseconds(text) {
            self.init(timeIntervalSince1970: Double(milliseconds) / 1000)
            return
        }
        let fractional = text.contains(".")
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: fractional)
        guard let date = try? style.parse(text) else { return nil }
        self = date
    }

    /// The instant in UTC without punctuation, for names: `20261124T010000Z`.
    package var compact: String {
        InstantText.compact(self.timeIntervalSince1970)
            ?? self.formatted(Date.ISO8601FormatStyle(dateSeparator: .omitted, timeSeparator: .omitted))
    }

    /// The instant as documents hold it: rounded to whole milliseconds.
    package var wholeMilliseconds: Date {
        Date(timeIntervalSince1970: (self.timeIntervalSince1970 * 1000).rounded() / 1000)
    }

    /// The instant cut to whole seconds.
    package var wholeSeconds: Date { Date(timeIntervalSince1970: self.timeIntervalSince1970.rounded(.down)) }
}
