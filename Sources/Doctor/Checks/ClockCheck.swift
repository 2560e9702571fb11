import BackupDomain
import BackupEngine
import FoundationEssentials

/// Whether this machine's clock is Azure's.
enum ClockCheck: DoctorCheck {
    static let name = CheckName.clock

    static func judge(_ examination: Examination) -> [Finding] {
        guard let clock = examination.clock else { return self.notChecked("No answer of Azure's told its time.") }
        if let error = BackupChecks.clockRefusal(clock) {
            return self.fault(error.message, "sudo timedatectl set-ntp true")
        }
        let seconds = Int(clock.ahead.rounded())
        return self.ok(
            abs(seconds) <= 2 ? "as Azure's" : "\(abs(seconds)) s \(seconds > 0 ? "ahead of" : "behind") Azure's"
        )
    }
}
