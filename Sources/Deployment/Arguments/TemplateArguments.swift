/// The values that a template is given, checked against what it declares.
package struct TemplateArguments: Sendable, Hashable {
    /// A value as a person gives it.
    package struct Given: Sendable, Hashable {
        /// The parameter's name.
        package var name: String
        /// The value, as text.
        package var text: String
        /// What the person wrote it behind, such as `--apim-name`.
        package var source: String

        /// Creates a value.
        package init(_ name: String, _ text: String, from source: String) {
            self.name = name
            self.text = text
            self.source = source
        }
    }

    /// The values that were given, in the order of the template's parameters.
    package private(set) var given: [TemplateValue.Member]
    private let parameters: [TemplateParameter]

    /// Reads values.
    ///
    /// - Parameters:
    ///   - given: The values as a person gives them; of two for one parameter the later holds.
    ///   - template: The template that declares them.
    /// - Returns: The values, and all that is wrong with them, each as a sentence that names where it stands.
    package static func read(
        _ given: [Given],
        for template: TemplateDocument
    ) -> (arguments: TemplateArguments, problems: [String]) {
        var problems: [String] = []
        var values: [String: TemplateValue] = [:]
        for entry in given {
            guard let parameter = template.parameters.first(where: { $0.name == entry.name }) else {
                let names = template.parameters.map(\.name).joined(separator: ", ")
                problems.append("\(entry.source): the template has no input '\(entry.name)'. It has \(names).")
                continue
            }
            do throws(ParameterMistake) {
                values[entry.name] = try parameter.read(entry.text)
            } catch {
                problems.append("\(entry.source): '\(entry.text)' is not valid: \(error.rule).")
            }
        }
        return (
            TemplateArguments(
                given: template.parameters.compactMap { parameter in
                    values[parameter.name].map { .init(parameter.name, $0) }
                },
                parameters: template.parameters
            ), problems
        )
    }

    private init(given: [TemplateValue.Member], parameters: [TemplateParameter]) {
        self.given = given
        self.parameters = parameters
    }

    /// The inputs that a deployment must name and that were not given.
    package var missing: [TemplateParameter] {
        self.parameters.filter { parameter in
            parameter.isRequired && !self.given.contains { $0.name == parameter.name }
        }
    }

    /// The value that holds: the one that was given, else the template's own, which may be an expression.
    package subscript(parameter: TemplateParameter) -> TemplateValue? {
        self.given.first { $0.name == parameter.name }?.value
            ?? self.parameters.first { $0.name == parameter.name }?.standard
    }

    /// The text that holds; nil where it is no text, or known to Azure only.
    package func text(_ parameter: TemplateParameter) -> String? {
        guard case .text(let text) = self[parameter] else { return nil }
        return text
    }

    /// Puts a value in the place of one that was given, or beside those.
    ///
    /// - Parameters:
    ///   - parameter: What the value is for; one that the template does not have is passed over.
    ///   - value: The value, of the parameter's type.
    package mutating func set(_ parameter: TemplateParameter, _ value: TemplateValue) {
        guard self.parameters.contains(where: { $0.name == parameter.name }) else { return }
        let values = self.given.filter { $0.name != parameter.name } + [.init(parameter.name, value)]
        self.given = self.parameters.compactMap { parameter in values.first { $0.name == parameter.name } }
    }

    /// The `parameters` of a deployment's request.
    package var value: TemplateValue { .object(self.given.map { .init($0.name, ["value": $0.value]) }) }
}
