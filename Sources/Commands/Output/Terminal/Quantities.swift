import BackupDomain
import BackupEngine
import Foundation

/// Numbers as people read them.
enum Quantities {
    /// Writes a size.
    ///
    /// - Parameter bytes: The size in bytes.
    /// - Returns: Such as `612 KB` (thousands, as the portal counts) or `1.4 MB`.
    static func size(_ bytes: Int) -> String {
        let units = ["bytes", "KB", "MB", "GB", "TB"]
        var value = Double(bytes)
        var unit = 0
        while value >= 999.5, unit < units.count - 1 {
            value /= 1000
            unit += 1
        }
        if unit == 0 { return "\(bytes) \(bytes == 1 ? "byte" : "bytes")" }
        let tenths = (value * 10).rounded() / 10
        return tenths < 10 && tenths != tenths.rounded()
            ? "\(tenths) \(units[unit])" : "\(Int(value.rounded())) \(units[unit])"
    }

    /// Writes a size to the byte.
    ///
    /// - Parameter bytes: The size in bytes.
    /// - Returns: Such as `614 KB (614400 bytes)`, or `5 bytes`.
    static func exactSize(_ bytes: Int) -> String {
        let size = Self.size(bytes)
        return bytes < 1000 ? size : "\(size) (\(bytes) bytes)"
    }

    /// Writes how long ago something was.
    ///
    /// - Parameters:
    ///   - instant: When it was.
    ///   - now: The present instant.
    /// - Returns: Such as `12 min` or `3 d 4 h`; `0 s` for the future.
    static func age(of instant: Date, at now: Date) -> String {
        Duration.seconds(max(0, now.timeIntervalSince(instant).rounded())).formattedBriefly
    }

    /// Writes how much time is left, in whole days where they are many.
    ///
    /// - Parameters:
    ///   - now: The present instant.
    ///   - instant: When it ends.
    /// - Returns: Such as `30 days`, `5 h` or `0 s`.
    static func days(from now: Date, until instant: Date) -> String {
        let days = (instant.timeIntervalSince(now) / 86_400).rounded()
        return days >= 3 ? "\(Int(days)) days" : self.age(of: now, at: instant)
    }

    /// Writes an instant for a table: `2026-11-24 01:00` in UTC.
    ///
    /// - Parameter instant: The instant.
    /// - Returns: Date and minute.
    static func minute(_ instant: Date) -> String {
        String(instant.wholeSeconds.iso8601.prefix(16)).replacing("T", with: " ")
    }
}
