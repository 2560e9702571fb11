import EmulatorRuntime

/// The part of XPath 1.0 that workflows use for lists: paths of elements with `/` and `//`, conditions such as
/// `[Name="a"]` and `[2]`, `text()`, and around a path `string(…)`, `number(…)`, `count(…)` and `boolean(…)`.
///
/// Source: "XML Path Language (XPath) Version 1.0". Attributes, axes and operators are refused. No package of ours reads XPath.
struct XPath {
    private enum Wanted: String, CaseIterable {
        case string
        case number
        case count
        case boolean
        case nodes
    }

    private let wanted: Wanted
    private let steps: [XPathStep]

    init(_ text: String) throws(XPathMistake) {
        var rest = text.trimmingPrefix(while: \.isWhitespace)
        while rest.last?.isWhitespace == true { rest = rest.dropLast() }
        var wanted = Wanted.nodes
        for function in Wanted.allCases where function != .nodes && rest.hasPrefix("\(function.rawValue)(") {
            guard rest.hasSuffix(")") else { throw XPathMistake("which is not closed") }
            wanted = function
            rest = rest.dropFirst(function.rawValue.count + 1).dropLast()
        }
        self.wanted = wanted
        self.steps = try XPathReader.steps(rest)
    }

    func value(in root: XMLElement) throws(XPathMistake) -> JSON {
        var document = XMLElement(name: "")
        document.children = [root]
        var nodes = [document]
        var isText = false
        for step in self.steps {
            guard !isText else { throw XPathMistake("which goes on behind text()") }
            isText = step.name == "text()"
            if isText { break }
            nodes = step.nodes(from: nodes)
        }
        let texts = nodes.map { isText ? $0.text : $0.content }.filter { !isText || !$0.isEmpty }
        switch self.wanted {
        case .string: return .string(texts.first ?? "")
        case .number:
            guard let number = texts.first.flatMap({ Double($0.filter { !$0.isWhitespace }) }) else { return "NaN" }
            return number == number.rounded() && abs(number) < 1e15 ? .integer(Int(number)) : .number(String(number))
        case .count: return .integer(texts.count)
        case .boolean: return .bool(!texts.isEmpty)
        case .nodes: return .array(isText ? texts.map(JSON.string) : nodes.map(WorkflowContent.xml))
        }
    }
}
