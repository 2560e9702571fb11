import EmulatorExpressions
import EmulatorRuntime

/// Puts the values of expressions in the place of the expressions, throughout a part of a template.
struct TemplateEvaluator {
    let vocabulary: TemplateVocabulary

    init(_ vocabulary: TemplateVocabulary) { self.vocabulary = vocabulary }

    /// Evaluates a part of a template; what cannot be known yet is a mistake there.
    func value(of json: JSON, at place: String) throws(TemplateMistake) -> JSON {
        do throws(ExpressionFailure) {
            return try self.evaluated(json)
        } catch {
            if let mistake = self.vocabulary.mistake.value { throw mistake }
            throw .invalid(Self.words(for: error, at: place))
        }
    }

    static func words(for failure: ExpressionFailure, at place: String) -> String {
        "Unable to process template language expressions in \(place): '\(failure.message)'"
    }

    /// Evaluates a part of a template.
    func evaluated(_ json: JSON) throws(ExpressionFailure) -> JSON {
        switch json {
        case .string(let text): return try self.evaluated(text)
        case .array(let elements):
            var result: [JSON] = []
            for element in elements { result.append(try self.evaluated(element)) }
            return .array(result)
        case .object(let members):
            var result: JSON = [:]
            for member in members {
                if member.name.lowercased() == "copy", let loops = PropertyLoop.all(in: member.value) {
                    for loop in loops { result[loop.name] = try self.evaluated(loop) }
                    continue
                }
                let name = try self.evaluated(member.name).string ?? member.name
                result[name] = try self.evaluated(member.value)
            }
            return result
        default: return json
        }
    }

    private func evaluated(_ text: String) throws(ExpressionFailure) -> JSON {
        let expression: ExpressionTree
        do throws(TemplateMistake) {
            expression = try TemplateText.expression(in: text)
        } catch {
            self.vocabulary.mistake.value = error
            throw ExpressionFailure(error.message)
        }
        return try ExpressionEvaluator(self.vocabulary).value(of: expression)
    }

    private func evaluated(_ loop: PropertyLoop) throws(ExpressionFailure) -> JSON {
        let count = try self.evaluated(loop.count)
        guard let number = count.integer, (0...800).contains(number) else {
            throw ExpressionFailure("The loop '\(loop.name)' needs a count from 0 to 800; it is '\(count.display)'.")
        }
        var elements: [JSON] = []
        for index in 0..<number {
            var vocabulary = self.vocabulary
            vocabulary.loops.append(LoopIndex(name: loop.name, index: index, isOfResource: false))
            elements.append(try TemplateEvaluator(vocabulary).evaluated(loop.input))
        }
        return .array(elements)
    }
}
