import BackupDomain

extension SettingType<Duration> {
    private static var units: [(letter: Character, seconds: Int64)] {
        [("d", 86_400), ("h", 3600), ("m", 60), ("s", 1)]
    }

    /// A whole number with `s`, `m`, `h` or `d`.
    ///
    /// - Parameters:
    ///   - range: What is allowed, in whole seconds.
    ///   - example: A value that is allowed; two hours by default, or the least.
    /// - Returns: The type.
    package static func duration(_ range: ClosedRange<Duration>, example: String? = nil) -> Self {
        let (least, most) = (Self.written(range.lowerBound), Self.written(range.upperBound))
        let traits = SettingTraits(
            name: "duration",
            rule: "a whole number with s, m, h or d, from \(least) to \(most)",
            example: example ?? (range.contains(.seconds(7200)) ? "2h" : least),
            schema: ["type": .string("string"), "pattern": .string("^(0|[1-9][0-9]*)[smhd]$")]
        )
        return Self(traits) { text in
            guard let duration = Self.read(text) else {
                return .failure(
                    SettingMistake(
                        SettingType<Int>.digits(text) == nil
                            ? "\(SettingEcho(text)) is no duration" : "\(SettingEcho(text)) has no unit"
                    )
                )
            }
            guard range.contains(duration) else {
                return .failure(SettingMistake("\(SettingEcho(text)) is out of range"))
            }
            return .success(duration)
        } text: {
            Self.written($0)
        }
    }

    /// Reads a number with its unit.
    fileprivate static func read(_ text: String) -> Duration? {
        guard let unit = Self.units.first(where: { $0.letter == text.last }),
            let number = SettingType<Int>.digits(String(text.dropLast())), number <= 1_000_000
        else { return nil }
        return .seconds(Int64(number) * unit.seconds)
    }

    /// Writes whole seconds in the largest unit that takes them without a rest; a day or so in hours.
    private static func written(_ duration: Duration) -> String {
        let seconds = duration.components.seconds
        let unit = Self.units.first { seconds % $0.seconds == 0 && seconds >= ($0.letter == "d" ? 2 : 1) * $0.seconds }
        return unit.map { "\(seconds / $0.seconds)\($0.letter)" } ?? "0s"
    }
}

extension SettingType<Int> {
    /// A duration in whole days, such as `30d`.
    ///
    /// - Parameter range: What is allowed, in days.
    /// - Returns: The type; its value is the number of days.
    package static func wholeDays(_ range: ClosedRange<Int>) -> Self {
        let traits = SettingTraits(
            name: "duration",
            rule: "whole days, from \(range.lowerBound)d to \(range.upperBound)d",
            example: "30d",
            schema: ["type": .string("string"), "pattern": .string("^[1-9][0-9]*[smhd]$")]
        )
        return Self(traits) { text in
            guard let duration = SettingType<Duration>.read(text) else {
                return .failure(SettingMistake("\(SettingEcho(text)) is no duration"))
            }
            let seconds = Int(duration.components.seconds)
            guard seconds % 86_400 == 0, range.contains(seconds / 86_400) else {
                return .failure(SettingMistake("\(SettingEcho(text)) is not allowed"))
            }
            return .success(seconds / 86_400)
        } text: {
            "\($0)d"
        }
    }
}
