"""The language of the windows: the desk's own translations and Qt's."""

from PySide6.QtCore import QCoreApplication, QLocale, QTranslator

from alltick_desk.model.settings import Settings
from alltick_desk.resources import resource

CHINESE = "zh_CN"
ENGLISH = "en"


def first_looks(settings: Settings, language: str) -> Settings:
    """Return settings that nobody has chosen yet, in the colours that a language's readers know.

    In China red is up; whoever knows it the other way round would read every price wrongly.
    """
    return settings._replace(palette="china") if language == CHINESE else settings


class Language:
    """Installs the translations; changing it at run time has every panel read its texts anew."""

    def __init__(self) -> None:
        self._translators: list[QTranslator] = []
        self.name = ""  # none was chosen yet

    def choose(self, wanted: str) -> str:
        """Use ``"en"``, ``"zh_CN"``, or the system's language for ""; return the one in use."""
        name = wanted or (CHINESE if QLocale.system().name().startswith("zh") else ENGLISH)
        if name == self.name:
            return name
        self.name = name
        for translator in self._translators:
            QCoreApplication.removeTranslator(translator)
        self._translators = []
        QLocale.setDefault(QLocale(name))
        if name == CHINESE:
            from PySide6.QtCore import QLibraryInfo  # and its enumeration of paths

            self._install(
                "qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
            )
            self._install("zh_CN", str(resource("i18n")))
        return name

    def _install(self, file: str, folder: str) -> None:
        translator = QTranslator()
        if translator.load(file, folder):
            QCoreApplication.installTranslator(translator)
            self._translators.append(translator)
