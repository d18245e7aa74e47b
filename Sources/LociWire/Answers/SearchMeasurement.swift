/// How well judged documents are found, by one system or by several. A figure is nil where there
/// was nothing to measure.
package struct SearchMeasurement: Sendable {
  /// A figure by its name, such as `recall_at_10`, and where 95 of 100 draws of questions have it.
  package struct Figure: Sendable {
    /// Its name.
    package let name: String
    /// The mean over questions.
    package let value: Double?
    /// The interval.
    package let interval: (low: Double, high: Double)?

    /// Names a figure.
    package init(name: String, value: Double?, interval: (low: Double, high: Double)?) {
      (self.name, self.value, self.interval) = (name, value, interval)
    }
  }

  /// Figures over some questions.
  package struct Questions: Sendable {
    /// How many questions.
    package let count: Int
    /// The figures.
    package let figures: [Figure]

    /// Puts figures together.
    package init(count: Int, figures: [Figure]) { (self.count, self.figures) = (count, figures) }

    /// A figure by its name.
    package func figure(_ name: String) -> Figure? { figures.first { $0.name == name } }
  }

  /// Both scores of some questions.
  package struct Table: Sendable {
    /// Over all, where one without evidence counts as found.
    package let asFound: Questions
    /// Over those with evidence alone.
    package let judged: Questions

    /// Puts both together.
    package init(asFound: Questions, judged: Questions) {
      (self.asFound, self.judged) = (asFound, judged)
    }
  }

  /// How much of the evidence that was found survives packing.
  package struct Packed: Sendable {
    /// Into how many tokens.
    package let tokens: Int
    /// A figure each, `of_10` for that among the first ten hits, over the questions that have any.
    package let evidence: [Questions]

    /// Puts figures together.
    package init(tokens: Int, evidence: [Questions]) {
      (self.tokens, self.evidence) = (tokens, evidence)
    }
  }

  /// How far relevance means what it says.
  package struct Relevance: Sendable {
    /// How many hits were looked at.
    package let hits: Int
    /// The expected calibration error.
    package let calibrationError: Double?
    /// From the least relevant: how many, what was predicted, and what was so.
    package let bins: [(count: Int, predicted: Double, observed: Double)]
    /// How well "not answered" tells questions that nothing answers.
    package let abstention: (precision: Double?, recall: Double?, f1: Double?)

    /// Puts figures together.
    package init(
      hits: Int, calibrationError: Double?,
      bins: [(count: Int, predicted: Double, observed: Double)],
      abstention: (precision: Double?, recall: Double?, f1: Double?)
    ) {
      (self.hits, self.calibrationError) = (hits, calibrationError)
      (self.bins, self.abstention) = (bins, abstention)
    }
  }

  /// What one system is worth.
  package struct Run: Sendable {
    /// What it is called among those that were measured together.
    package let name: String
    /// The policy's name.
    package let policy: String
    /// The mode.
    package let mode: String
    /// Over all questions.
    package let overall: Table
    /// By category.
    package let categories: [(name: String, table: Table)]
    /// Where what was found was packed.
    package let packed: Packed?
    /// Where that was asked for and can be told.
    package let relevance: Relevance?

    /// Puts figures together.
    package init(
      name: String, policy: String, mode: String, overall: Table,
      categories: [(name: String, table: Table)], packed: Packed?, relevance: Relevance?
    ) {
      (self.name, self.policy, self.mode) = (name, policy, mode)
      (self.overall, self.categories) = (overall, categories)
      (self.packed, self.relevance) = (packed, relevance)
    }
  }

  /// How much better the first of two systems is than the second, over the same questions.
  package struct Comparison: Sendable {
    /// A difference of two means.
    package struct Difference: Sendable {
      /// The measure.
      package let name: String
      /// The first one's less the second one's.
      package let value: Double
      /// Where 95 of 100 draws of questions have it.
      package let interval: (low: Double, high: Double)
      /// Two-sided.
      package let probability: Double

      /// Names a difference.
      package init(
        name: String, value: Double, interval: (low: Double, high: Double), probability: Double
      ) {
        (self.name, self.value) = (name, value)
        (self.interval, self.probability) = (interval, probability)
      }
    }

    /// The first one's name.
    package let first: String
    /// The second one's name.
    package let second: String
    /// A difference for each measure.
    package let differences: [Difference]

    /// Puts differences together.
    package init(first: String, second: String, differences: [Difference]) {
      (self.first, self.second, self.differences) = (first, second, differences)
    }
  }

  /// How the data lay on the disk.
  package var layout: String
  /// What was looked for.
  package var unit: String
  /// How many collections there were.
  package var collections: Int
  /// How many documents had a text.
  package var documents: Int
  /// How many had none.
  package var emptyDocuments: Int
  /// How many texts were embedded in this run; others came from the cache.
  package var embedded: Int
  /// Each system, as they were asked for; at least one.
  package var runs: [Run]
  /// The first system beside each of the others.
  package var comparisons: [Comparison]

  /// Puts a measurement together.
  package init(
    layout: String, unit: String, collections: Int, documents: Int, emptyDocuments: Int,
    embedded: Int, runs: [Run], comparisons: [Comparison]
  ) {
    (self.layout, self.unit, self.collections) = (layout, unit, collections)
    (self.documents, self.emptyDocuments, self.embedded) = (documents, emptyDocuments, embedded)
    (self.runs, self.comparisons) = (runs, comparisons)
  }
}
