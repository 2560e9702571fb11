package import Foundation

/// What time it is in the local Azure.
///
/// Instants that are sent out (`Date`, `Last-Modified`, token expiry) and lease times come from ``now``. Durations that
/// Azure decides (a backup's ten minutes, `Retry-After`, role propagation) go through ``scaled(_:)`` first.
package protocol EmulatorClock: Sendable {
    /// The instant that the emulator shows to the world.
    var now: Date { get }

    /// Shortens a duration that Azure decides by the time scale.
    ///
    /// - Parameter duration: The duration that Azure would take.
    /// - Returns: The duration by the emulator's ``now``, whole seconds, rounded up, never zero.
    func scaled(_ duration: Duration) -> Duration
}
