import Foundation

/// Instants as shared access signatures write them: a date alone, or with minutes, seconds, or parts of a second.
///
/// Source: <https://learn.microsoft.com/rest/api/storageservices/formatting-datetime-values>
enum SignatureDate {
    static func parse(_ text: String) -> Date? {
        guard text.utf8.count <= 40, text.utf8.allSatisfy({ $0 < 128 }) else { return nil }
        let halves = text.split(separator: "T", omittingEmptySubsequences: false)
        guard (1...2).contains(halves.count), halves[0].utf8.count == 10 else { return nil }
        var clock = "00:00:00"
        if halves.count == 2 {
            guard halves[1].hasSuffix("Z") else { return nil }
            let whole = halves[1].dropLast().split(separator: ".", omittingEmptySubsequences: false)
            guard let first = whole.first, whole.count <= 2 else { return nil }
            clock = first.utf8.count == 5 ? "\(first):00" : String(first)
        }
        return try? Date("\(halves[0])T\(clock)Z", strategy: .iso8601)
    }
}
