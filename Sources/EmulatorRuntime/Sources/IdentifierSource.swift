package import Foundation

/// Where the emulator takes random identifiers from: request ids, role assignments, operations.
package protocol IdentifierSource: Sendable {
    /// Makes an identifier that was not made before.
    ///
    /// - Returns: The identifier.
    func next() -> UUID
}

extension IdentifierSource {
    /// Makes an identifier as Azure writes them: lower-case, with hyphens.
    ///
    /// - Returns: The identifier's text.
    package func nextText() -> String { self.next().uuidString.lowercased() }
}
