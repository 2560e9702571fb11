extension TemplateValue {
    /// The value as indented JSON, with a line break at the end.
    package var json: String {
        var text = ""
        self.write(to: &text, indent: 0)
        return text + "\n"
    }

    private func write(to text: inout String, indent: Int) {
        switch self {
        case .boolean(let value): text += value ? "true" : "false"
        case .integer(let value): text += "\(value)"
        case .text(let value): text += Self.quoted(value.hasPrefix("[") ? "[\(value)" : value)
        case .expression(let value): text += Self.quoted("[\(value.text)]")
        case .array(let elements):
            Self.writeLines(elements, "[", "]", to: &text, indent: indent) { element, text in
                element.write(to: &text, indent: indent + 1)
            }
        case .object(let members):
            Self.writeLines(members, "{", "}", to: &text, indent: indent) { member, text in
                text += Self.quoted(member.name) + ": "
                member.value.write(to: &text, indent: indent + 1)
            }
        }
    }

    private static func writeLines<Element>(
        _ elements: [Element],
        _ begin: String,
        _ end: String,
        to text: inout String,
        indent: Int,
        _ write: (Element, inout String) -> Void
    ) {
        guard !elements.isEmpty else { return text += begin + end }
        let margin = String(repeating: "  ", count: indent)
        text += begin
        for (index, element) in elements.enumerated() {
            text += (index == 0 ? "\n" : ",\n") + margin + "  "
            write(element, &text)
        }
        text += "\n" + margin + end
    }

    /// A string of JSON.
    ///
    /// Source: <https://www.rfc-editor.org/rfc/rfc8259#section-7>
    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            case _ where scalar.value < 32:
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
