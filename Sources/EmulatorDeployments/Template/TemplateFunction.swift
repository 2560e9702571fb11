import EmulatorExpressions
import EmulatorRuntime

/// A function that a template defines.
///
/// Source: "User-defined functions in ARM template": it sees its parameters only.
struct TemplateFunction: Sendable {
    let parameters: [String]
    let body: JSON

    /// Reads the functions of a template, by `namespace.name` in lower case.
    static func all(of json: JSON) throws(TemplateMistake) -> [String: TemplateFunction] {
        var functions: [String: TemplateFunction] = [:]
        for space in json.array ?? [] {
            guard let namespace = space.member("namespace")?.string, let members = space.member("members")?.object
            else {
                throw .malformed("A namespace of the template's functions needs 'namespace' and 'members'.")
            }
            for member in members {
                guard let body = member.value.member(at: "output", "value") else {
                    throw .malformed("The function '\(namespace).\(member.name)' has no output.")
                }
                functions["\(namespace).\(member.name)".lowercased()] = TemplateFunction(
                    parameters: (member.value.member("parameters")?.array ?? []).compactMap {
                        $0.member("name")?.string
                    },
                    body: body
                )
            }
        }
        return functions
    }
}
