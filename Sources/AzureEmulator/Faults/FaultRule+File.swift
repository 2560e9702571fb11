import EmulatorRuntime
package import Foundation

extension FaultRule {
    /// Reads the rules of a faults file.
    ///
    /// - Parameter file: The file's path.
    /// - Returns: The rules in their order.
    /// - Throws: ``FileMistakes`` with every mistake's file, line and field.
    package static func load(file: String) throws -> [FaultRule] {
        try self.parse(FileReader.text(of: file), file: file)
    }

    /// Reads rules from a text.
    ///
    /// - Parameters:
    ///   - text: A JSON list as docs/emulator.md describes it.
    ///   - file: What the mistakes call the file.
    /// - Returns: The rules in their order.
    /// - Throws: ``FileMistakes`` with every mistake's file, line and field.
    package static func parse(_ text: Data, file: String) throws -> [FaultRule] {
        var root = JSON.null
        let reader = try FileReader(file: file, text: text, root: &root)
        guard let elements = root.array else {
            reader.note("", "A list is expected.")
            try reader.finish()
            return []
        }
        let rules = elements.enumerated().map { index, element in
            let fields = FieldReader(element, path: "[\(index)]", reader: reader)
            defer { fields.finish() }
            return self.rule(fields)
        }
        try reader.finish()
        return rules
    }

    private static func rule(_ fields: FieldReader) -> FaultRule {
        let hosts = HostKind.allCases.filter { $0 != .admin }.map(\.rawValue)
        var rule = FaultRule()
        rule.host = fields.choice("host", of: hosts).flatMap(HostKind.init(rawValue:))
        rule.method = fields.string("method")
        rule.path = fields.string("path")
        rule.skip = fields.integer("skip", in: 0...1_000_000) ?? 0
        rule.times = fields.integer("times", in: 1...1_000_000)
        rule.every = fields.integer("every", in: 1...1_000_000) ?? 1
        if fields.bool("always") != true { rule.times = rule.times ?? 1 }
        rule.effect.delaySeconds = fields.number("delaySeconds") ?? 0
        rule.effect.answerDelaySeconds = fields.number("answerDelaySeconds") ?? 0
        rule.effect.status = fields.integer("status", in: 200...599)
        rule.effect.code = fields.string("code") ?? rule.effect.code
        rule.effect.message = fields.string("message") ?? rule.effect.message
        rule.effect.headers = fields.texts("headers") ?? [:]
        rule.effect.omitHeaders = fields.strings("omitHeaders") ?? []
        rule.effect.dropConnection = fields.bool("dropConnection") ?? false
        rule.effect.loseAnswer = fields.bool("loseAnswer") ?? false
        rule.effect.truncateBody = fields.integer("truncateBody", in: 0...1_000_000_000)
        rule.effect.replaceBody = fields.string("replaceBody")
        rule.effect.redirectLocation = fields.string("redirectLocation")
        if rule.effect == FaultEffect(code: rule.effect.code, message: rule.effect.message) {
            fields.reader.note(fields.path, "The rule says nothing of what is to happen.")
        }
        return rule
    }
}
