import ArgumentParser

/// A duration on the command line: a number with `s`, `m`, `h` or `d`.
struct BackupDuration: ExpressibleByArgument, Sendable, Hashable {
    /// The duration.
    var duration: Duration

    /// Wraps a duration.
    init(_ duration: Duration) { self.duration = duration }

    init?(argument: String) {
        let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
        guard let unit = argument.last.flatMap({ units[$0] }), let number = Int64(argument.dropLast()),
            (0...1_000_000).contains(number)
        else { return nil }
        self.duration = .seconds(number * unit)
    }

    var defaultValueDescription: String {
        let seconds = self.duration.components.seconds
        return seconds % 3600 == 0 && seconds > 0 ? "\(seconds / 3600)h" : "\(seconds)s"
    }
}
