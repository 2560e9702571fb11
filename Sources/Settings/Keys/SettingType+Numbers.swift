import BackupDomain

extension SettingType<Int> {
    /// A whole number in decimal digits.
    ///
    /// - Parameters:
    ///   - range: What is allowed; not negative.
    ///   - reason: Why, where it is not plain.
    /// - Returns: The type.
    package static func integer(_ range: ClosedRange<Int>, because reason: String? = nil) -> Self {
        let bounds =
            range.count == 1
            ? "the number \(range.lowerBound)" : "a whole number from \(range.lowerBound) to \(range.upperBound)"
        let traits = SettingTraits(
            name: "number",
            rule: reason.map { "\(bounds): \($0)" } ?? bounds,
            example: "\(max(range.lowerBound, min(3, range.upperBound)))",
            schema: [
                "type": .string("integer"), "minimum": .integer(Int64(range.lowerBound)),
                "maximum": .integer(Int64(range.upperBound)),
            ],
            isBare: true
        )
        return Self(traits) { text in
            guard let number = Self.digits(text) else {
                return .failure(SettingMistake("\(SettingEcho(text)) is not a whole number"))
            }
            guard range.contains(number) else {
                return .failure(SettingMistake("\(SettingEcho(text)) is out of range"))
            }
            return .success(number)
        } text: {
            "\($0)"
        } json: {
            .integer(Int64($0))
        }
    }

    /// Reads decimal digits; YAML's other forms (0123, 0o17, 1_000) mean something else to each reader.
    static func digits(_ text: String) -> Int? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        guard text == "0" || !text.hasPrefix("0") else { return nil }
        return Int(text)
    }
}

extension SettingType<Double> {
    /// A share of a whole, such as 0.7.
    ///
    /// - Parameter reason: What the ends mean.
    /// - Returns: The type: a decimal number from 0 to 1.
    package static func share(because reason: String) -> Self {
        let traits = SettingTraits(
            name: "share",
            rule: "a decimal number from 0 to 1: \(reason)",
            example: "0.7",
            schema: ["type": .string("number"), "minimum": .integer(0), "maximum": .integer(1)],
            isBare: true
        )
        return Self(traits) { text in
            let isDecimal = text.utf8.allSatisfy { (48...57).contains($0) || $0 == 46 } && text.utf8.count <= 20
            guard isDecimal, text.utf8.first != 46, text.utf8.last != 46, let share = Double(text) else {
                return .failure(SettingMistake("\(SettingEcho(text)) is not a decimal number"))
            }
            guard (0...1).contains(share) else {
                return .failure(SettingMistake("\(SettingEcho(text)) is out of range"))
            }
            return .success(share)
        } text: { share in
            share == share.rounded() ? "\(Int(share))" : "\(share)"
        } json: {
            .number($0)
        }
    }
}

extension SettingType<Bool> {
    /// `true` or `false`, and nothing that YAML may take for them.
    package static var boolean: Self {
        let traits = SettingTraits(
            name: "true or false",
            rule: "true or false",
            example: "true",
            schema: ["type": .string("boolean")],
            isBare: true
        )
        return Self(traits) { text in
            switch text {
            case "true": .success(true)
            case "false": .success(false)
            default: .failure(SettingMistake("\(SettingEcho(text)) is neither true nor false"))
            }
        } text: {
            "\($0)"
        } json: {
            .boolean($0)
        }
    }
}
