import EmulatorExpressions
import EmulatorRuntime
import Foundation

/// The functions of workflows that depend on nothing but their arguments.
///
/// Source: "Reference guide to workflow expression functions in Azure Logic Apps".
enum WorkflowFunctions {
    static let all: [String: ExpressionFunction] = [
        FunctionLibrary.common, WorkflowTimes.functions, Self.objects, Self.lists, Self.encodings, Self.documents,
    ].reduce(into: [:]) { $0.merge($1) { _, last in last } }

    private static let objects: [String: ExpressionFunction] = [
        "setproperty": ExpressionFunction(3...3) { call throws(ExpressionFailure) in
            var object = JSON.object(try call.object(0))
            object[try call.string(1)] = call[2]
            return object
        },
        "addproperty": ExpressionFunction(3...3) { call throws(ExpressionFailure) in
            var object = JSON.object(try call.object(0))
            let name = try call.string(1)
            guard object[name] == nil else { throw call.failure("was given an object that has '\(name)' already") }
            object[name] = call[2]
            return object
        },
        "removeproperty": ExpressionFunction(2...2) { call throws(ExpressionFailure) in
            var object = JSON.object(try call.object(0))
            object[try call.string(1)] = nil
            return object
        },
    ]

    private static let lists: [String: ExpressionFunction] = [
        "reverse": ExpressionFunction(1...1) { call throws(ExpressionFailure) in .array(try call.array(0).reversed()) },
        "sort": ExpressionFunction(1...2) { call throws(ExpressionFailure) in
            let key = call.has(1) ? try call.string(1) : nil
            func part(_ element: JSON) -> JSON { key.map { element.member($0) ?? .null } ?? element }
            let sorted = try call.array(0).enumerated().sorted { left, right in
                let (first, second) = (part(left.element), part(right.element))
                if let first = first.double, let second = second.double, first != second { return first < second }
                if first.double == nil, first.display != second.display { return first.display < second.display }
                return left.offset < right.offset
            }
            return .array(sorted.map(\.element))
        },
        "slice": ExpressionFunction(2...3) { call throws(ExpressionFailure) in
            let characters = Array(try call.string(0))
            func place(_ index: Int) throws(ExpressionFailure) -> Int {
                let value = try call.integer(index)
                return min(max(0, value < 0 ? characters.count + value : value), characters.count)
            }
            let (start, end) = (try place(1), call.has(2) ? try place(2) : characters.count)
            return .string(start < end ? String(characters[start..<end]) : "")
        },
        "chunk": ExpressionFunction(2...2) { call throws(ExpressionFailure) in
            let length = try call.integer(1)
            guard length > 0 else { throw call.failure("expects its second parameter to be greater than zero") }
            func pieces(_ count: Int) -> [Range<Int>] {
                stride(from: 0, to: count, by: length).map { $0..<min($0 + length, count) }
            }
            if let text = call[0].string {
                let characters = Array(text)
                return .array(pieces(characters.count).map { .string(String(characters[$0])) })
            }
            let elements = try call.array(0)
            return .array(pieces(elements.count).map { .array(Array(elements[$0])) })
        },
        "isint": ExpressionFunction(1...1) { call throws(ExpressionFailure) in
            .bool(Int(try call.string(0)) != nil)
        },
    ]

    private static let encodings: [String: ExpressionFunction] = [
        "encodeuricomponent": ExpressionFunction(1...1) { call throws(ExpressionFailure) in
            .string(FunctionLibrary.escaped(try call.string(0)))
        },
        "decodeuricomponent": ExpressionFunction(1...1) { call throws(ExpressionFailure) in
            let text = try call.string(0)
            guard let plain = text.removingPercentEncoding else {
                throw call.failure("was given a text that is not percent-encoded UTF-8")
            }
            return .string(plain)
        },
        "decodebase64": ExpressionFunction(1...1) { call throws(ExpressionFailure) in
            guard let data = Data(base64Encoded: try call.string(0)) else {
                throw call.failure("was given a text that is not base64")
            }
            return .string(String(decoding: data, as: UTF8.self))
        },
        "urihost": Self.part { $0.host() },
        "uripath": Self.part { $0.path(percentEncoded: true) },
        "uriquery": Self.part { url in url.query(percentEncoded: true).map { "?" + $0 } },
        "urischeme": Self.part { $0.scheme },
        "uriport": ExpressionFunction(1...1) { call throws(ExpressionFailure) in
            let url = try Self.url(call)
            return .integer(url.port ?? (url.scheme == "http" ? 80 : 443))
        },
    ]

    private static func part(_ read: @escaping @Sendable (URL) -> String?) -> ExpressionFunction {
        ExpressionFunction(1...1) { call throws(ExpressionFailure) in .string(read(try Self.url(call)) ?? "") }
    }

    private static func url(_ call: ExpressionArguments) throws(ExpressionFailure) -> URL {
        guard let url = URL(string: try call.string(0)), url.scheme != nil else {
            throw call.failure("was given '\(call[0].display)', which is not an absolute URI")
        }
        return url
    }

    private static let documents: [String: ExpressionFunction] = [
        "xml": ExpressionFunction(1...1) { call throws(ExpressionFailure) in
            WorkflowContent.xml(try Self.document(call))
        },
        "xpath": ExpressionFunction(2...2) { call throws(ExpressionFailure) in
            let (document, path) = (try Self.document(call), try call.string(1))
            do throws(XPathMistake) {
                return try XPath(path).value(in: document)
            } catch {
                throw call.failure("was given the XPath '\(path)', \(error.problem)")
            }
        },
    ]

    private static func document(_ call: ExpressionArguments) throws(ExpressionFailure) -> XMLElement {
        let content = call[0].content ?? call[0].string.map { Data($0.utf8) }
        guard let content else { throw call.unexpected(0, "string or XML") }
        do throws(XMLMistake) {
            return try XMLReader.read(content, limit: 8 << 20)
        } catch {
            throw call.failure("was given a text that is not XML")
        }
    }
}
