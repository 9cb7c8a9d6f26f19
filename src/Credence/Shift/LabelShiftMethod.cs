namespace Credence.Shift;

/// <summary>How the class prior of unlabelled rows is estimated. All assume that only the class priors changed, not what the
/// rows of a class look like.</summary>
public enum LabelShiftMethod
{
    /// <summary>Maximum of the likelihood of the calibrated probabilities, with a Dirichlet prior so that no class vanishes, by accelerated
    /// EM (Saerens, Latinne and Decaestecker 2002). The most accurate where probabilities are calibrated.</summary>
    ExpectationMaximisation,

    /// <summary>Solves for the prior that explains how often each class is predicted (BBSE; Lipton, Wang and Smola 2018). Needs no
    /// calibration, only labelled source rows.</summary>
    BlackBox,
}
