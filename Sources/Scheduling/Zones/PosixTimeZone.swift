import BackupDomain

/// A rule for all times to come, as the footer of a zone file has it: `CET-1CEST,M3.5.0,M10.5.0/3`.
///
/// Source: <https://pubs.opengroup.org/onlinepubs/9799919799/basedefs/V1_chap08.html> (TZ), and the extensions of
/// <https://www.rfc-editor.org/rfc/rfc9636#name-tz-string-extension>
struct PosixTimeZone {
    /// The standard offset, in seconds ahead of UTC.
    let standard: Int
    /// The rule of daylight-saving time; nil where there is none.
    let yearly: YearlyOffsets?

    /// Reads a rule.
    init(_ text: String) throws(ZoneFileDefect) {
        guard text.utf8.count <= 100 else { throw .init("its footer is too long") }
        var reader = PosixReader(text)
        try reader.name()
        // Here an offset tells how far UTC is ahead.
        self.standard = -(try reader.time(hours: 24))
        guard !reader.isAtEnd else {
            self.yearly = nil
            return
        }
        try reader.name()
        let daylight = reader.isAt(",") ? self.standard + 3600 : -(try reader.time(hours: 24))
        try reader.expect(",")
        let start = try reader.moment()
        try reader.expect(",")
        let end = try reader.moment()
        guard reader.isAtEnd else { throw .init("its footer '\(text)' has something after its end") }
        self.yearly = YearlyOffsets(
            standard: self.standard,
            daylight: daylight,
            daylightStart: start,
            daylightEnd: end
        )
    }
}
