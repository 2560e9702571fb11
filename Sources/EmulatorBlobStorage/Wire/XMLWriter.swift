import Foundation

/// Writes an XML document, escaping as it goes.
struct XMLWriter {
    private(set) var text = "<?xml version=\"1.0\" encoding=\"utf-8\"?>"

    var data: Data { Data(self.text.utf8) }

    mutating func element(_ name: String, _ value: String?) {
        guard let value else { return }
        self.text += value.isEmpty ? "<\(name) />" : "<\(name)>\(Self.escaped(value))</\(name)>"
    }

    mutating func element(
        _ name: String,
        attributes: KeyValuePairs<String, String> = [:],
        _ content: (inout Self) -> Void
    ) {
        let written = attributes.map { " \($0.key)=\"\(Self.escaped($0.value))\"" }.joined()
        self.text += "<\(name)\(written)>"
        content(&self)
        self.text += "</\(name)>"
    }

    /// Writes a blob's name; one that XML cannot carry goes percent-encoded, and says so.
    ///
    /// Source: <https://learn.microsoft.com/rest/api/storageservices/list-blobs>, from version 2021-02-12.
    mutating func name(_ value: String) {
        if value.unicodeScalars.allSatisfy(Self.isAllowed) { return self.element("Name", value) }
        let encoded = value.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        self.text += "<Name Encoded=\"true\">\(encoded)</Name>"
    }

    static func escaped(_ value: String) -> String {
        var result = ""
        result.reserveCapacity(value.utf8.count)
        for scalar in value.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "\r": result += "&#xD;"
            default: result.unicodeScalars.append(Self.isAllowed(scalar) ? scalar : "\u{FFFD}")
            }
        }
        return result
    }

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "\t" || scalar == "\n" || scalar == "\r"
            || (scalar.value >= 0x20 && scalar.value != 0xFFFE && scalar.value != 0xFFFF)
    }
}
