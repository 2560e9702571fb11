package import FoundationEssentials

extension Duration {
    /// The duration in seconds, for arithmetic on instants.
    package var timeInterval: TimeInterval {
        Double(self.components.seconds) + Double(self.components.attoseconds) / 1e18
    }

    /// The duration as a person says it: `45 s`, `12 min`, `3 h 09 min`, `2 d 4 h`.
    package var formattedBriefly: String {
        let seconds = max(0, self.components.seconds)
        switch seconds {
        case ..<60: return "\(seconds) s"
        case ..<3600:
            return seconds % 60 == 0 || seconds >= 600
                ? "\(seconds / 60) min" : "\(seconds / 60) min \(String(twoDigits: seconds % 60)) s"
        case ..<86_400:
            let minutes = seconds % 3600 / 60
            return minutes == 0 ? "\(seconds / 3600) h" : "\(seconds / 3600) h \(String(twoDigits: minutes)) min"
        default:
            let hours = seconds % 86_400 / 3600
            return hours == 0 ? "\(seconds / 86_400) d" : "\(seconds / 86_400) d \(hours) h"
        }
    }
}

extension String {
    fileprivate init(twoDigits number: Int64) {
        self = number < 10 ? "0\(number)" : "\(number)"
    }
}
