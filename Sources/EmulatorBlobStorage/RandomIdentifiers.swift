import EmulatorRuntime
package import Foundation

/// Identifiers from the system's random numbers: the one place of this module that is not reproducible.
package struct RandomIdentifiers: IdentifierSource {
    /// Creates the source.
    package init() {}

    package func next() -> UUID { UUID() }
}
