import EmulatorRuntime
import Foundation

/// Identifiers from a generator that composition chooses.
struct RandomIdentifiers: IdentifierSource {
    private let generate: @Sendable () -> UUID

    init(_ generate: @escaping @Sendable () -> UUID) { self.generate = generate }

    func next() -> UUID { self.generate() }
}
