import EmulatorRuntime
import Foundation

extension FunctionLibrary {
    /// Functions on URIs, and on base64.
    static let uris: [String: ExpressionFunction] = [
        "base64": ExpressionFunction(1...1) { call throws(ExpressionFailure) in
            .string(Data(try call.string(0).utf8).base64EncodedString())
        },
        "base64tostring": ExpressionFunction(1...1) { call throws(ExpressionFailure) in
            .string(String(decoding: try Self.decoded(call), as: UTF8.self))
        },
        "base64tojson": ExpressionFunction(1...1) { call throws(ExpressionFailure) in
            guard let value = try? JSONParser.parse(Self.decoded(call)).value else {
                throw call.failure("was given something that is not JSON in base64")
            }
            return value
        },
        "uricomponent": ExpressionFunction(1...1) { call throws(ExpressionFailure) in
            .string(Self.escaped(try call.string(0)))
        },
        "uricomponenttostring": ExpressionFunction(1...1) { call throws(ExpressionFailure) in
            let text = try call.string(0)
            guard let plain = text.removingPercentEncoding else {
                throw call.failure("was given a text that is not percent-encoded UTF-8")
            }
            return .string(plain)
        },
        "uri": ExpressionFunction(2...2) { call throws(ExpressionFailure) in
            let (base, relative) = (try call.string(0), try call.string(1))
            guard let root = URL(string: base), root.scheme != nil, let url = URL(string: relative, relativeTo: root)
            else {
                throw call.failure("was given '\(base)', which is not an absolute URI")
            }
            return .string(url.absoluteString)
        },
    ]

    /// A text percent-encoded as .NET's `Uri.EscapeDataString` does it: all but the unreserved characters of RFC 3986.
    package static func escaped(_ text: String) -> String {
        text.utf8.map { byte in
            let isPlain =
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                || [45, 46, 95, 126].contains(byte)
            return isPlain
                ? String(UnicodeScalar(byte)) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }.joined()
    }

    private static func decoded(_ call: ExpressionArguments) throws(ExpressionFailure) -> Data {
        guard let data = Data(base64Encoded: try call.string(0)) else {
            throw call.failure("was given a text that is not base64")
        }
        return data
    }
}
