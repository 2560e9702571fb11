import Foundation

/// Lease ids are GUIDs, in any of the forms that .NET reads.
enum LeaseIdentifier {
    static func parse(_ text: String, header: String) throws(StorageError) -> String {
        let digits = text.lowercased().filter { !"-{}()".contains($0) }
        let isGUID =
            digits.utf8.count == 32 && digits.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
        guard isGUID else { throw .invalidHeader(header, text) }
        let characters = Array(digits)
        return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(characters[$0]) }.joined(separator: "-")
    }
}
