package import Foundation

/// What only the defaults of parameters may ask for, since it is different each time.
///
/// Source: "Date functions for ARM templates" (`utcNow`), "String functions for ARM templates" (`newGuid`).
package struct ParameterDefaults: Sendable {
    /// The time of the deployment.
    package var now: Date
    /// Makes a GUID.
    package var guid: @Sendable () -> String

    /// Creates a source.
    package init(now: Date, guid: @escaping @Sendable () -> String) {
        self.now = now
        self.guid = guid
    }
}
