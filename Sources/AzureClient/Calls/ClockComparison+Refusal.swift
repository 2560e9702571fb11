import BackupDomain
import FoundationEssentials

extension ClockComparison {
    /// Compares the clocks where a refusal is judged, which is as soon as it has come.
    ///
    /// - Parameters:
    ///   - service: The `Date` of the answer; where there is none, there is nothing to compare.
    ///   - now: This machine's time.
    init?(service: Date?, now: Date) { self.init(service: service, asked: now, answered: now) }

    /// Explains by the clocks why a token was refused.
    ///
    /// - Parameter azure: Azure's refusal.
    /// - Returns: An error with code `clockOff`; nil where the clock is not to blame.
    func refusal(_ azure: AzureFault) -> BackupError? {
        guard self.isOff else { return nil }
        let direction = self.ahead > 0 ? "ahead of" : "behind"
        return BackupError(
            .clockOff,
            "This machine's clock is \(Int(abs(self.ahead))) seconds \(direction) Azure's, so that tokens are refused.",
            remedy: "Set the clock (NTP) and run the command again.",
            azure: azure
        )
    }
}
