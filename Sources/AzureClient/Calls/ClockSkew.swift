import BackupDomain
import FoundationEssentials

/// How far this machine's clock is from Azure's, where it is too far for tokens: five minutes or more.
struct ClockSkew: Sendable, Hashable {
    /// How many seconds this machine is ahead.
    var seconds: Double

    /// Compares the clocks.
    ///
    /// - Parameters:
    ///   - now: This machine's time.
    ///   - azure: The `Date` of the answer; where there is none, there is nothing to compare.
    init?(now: Date, azure: Date?) {
        guard let azure, abs(now.timeIntervalSince(azure)) >= 300 else { return nil }
        self.seconds = now.timeIntervalSince(azure)
    }

    /// Makes the error.
    ///
    /// - Parameter azure: Azure's refusal.
    /// - Returns: An error with code `clockOff`.
    func error(_ azure: AzureFault) -> BackupError {
        let direction = self.seconds > 0 ? "ahead of" : "behind"
        return BackupError(
            .clockOff,
            "This machine's clock is \(Int(abs(self.seconds))) seconds \(direction) Azure's, so that tokens are refused.",
            remedy: "Set the clock (NTP) and run the command again.",
            azure: azure
        )
    }
}
