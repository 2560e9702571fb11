/// Reads the steps of a path.
enum XPathReader {
    static func steps(_ text: Substring) throws(XPathMistake) -> [XPathStep] {
        guard !text.isEmpty else { throw XPathMistake("which is empty") }
        var steps: [XPathStep] = []
        var rest = text
        while !rest.isEmpty {
            let isDeep = rest.hasPrefix("//")
            if isDeep {
                rest = rest.dropFirst(2)
            } else if rest.hasPrefix("/") {
                rest = rest.dropFirst()
            } else if !steps.isEmpty {
                throw XPathMistake("of which '\(rest.prefix(20))' is not understood here")
            }
            guard
                let match = rest.prefixMatch(
                    of: /text\(\)|\*|\.|[\p{L}_][\p{L}\p{N}_.\-]*(?::[\p{L}_][\p{L}\p{N}_.\-]*)?/
                )
            else { throw XPathMistake("of which '\(rest.prefix(20))' is not understood here") }
            rest = rest[match.range.upperBound...]
            var conditions: [XPathStep.Condition] = []
            while let next = rest.first, next == "[" { conditions.append(try Self.condition(&rest)) }
            steps.append(XPathStep(name: String(match.output), isDeep: isDeep, conditions: conditions))
        }
        return steps
    }

    private static func condition(_ rest: inout Substring) throws(XPathMistake) -> XPathStep.Condition {
        if let match = rest.prefixMatch(of: /\[\s*(\d{1,9})\s*\]/), let position = Int(match.1) {
            rest = rest[match.range.upperBound...]
            return .position(position)
        }
        if let match = rest.prefixMatch(of: /\[\s*([\p{L}_.][\p{L}\p{N}_.\-]*)\s*=\s*(?:"([^"]*)"|'([^']*)')\s*\]/) {
            rest = rest[match.range.upperBound...]
            return .text(of: String(match.1), String(match.2 ?? match.3 ?? ""))
        }
        if let match = rest.prefixMatch(of: /\[\s*([\p{L}_][\p{L}\p{N}_.\-]*)\s*\]/) {
            rest = rest[match.range.upperBound...]
            return .has(String(match.1))
        }
        throw XPathMistake("of which '\(rest.prefix(20))' is not understood here")
    }
}
