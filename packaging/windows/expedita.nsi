; The Windows installer, made by `python packaging/build.py windows`.
;
;   Expedita-VERSION-setup.exe /S /AllUsers      installs for everybody, asks nothing (administrator)
;   Expedita-VERSION-setup.exe /S /CurrentUser   installs for whoever runs it, asks nothing
;   /D=C:\Path                                   another folder; must be the last word
;   uninstall.exe /S [/RemoveData]               removes; data stays unless /RemoveData is said
;
; Exit codes: 0 done, 1 cancelled, 2 not done (a console is open, or Windows is too old).
; Installing over an older version replaces it and touches no data.
;
; makensis gets VERSION, STAGED (the frozen application), LICENCES (their folder), OUTPUT and TARGET:
; x86-unicode, which every NSIS can make and every Windows runs, or amd64-unicode, for Wine.

Target ${TARGET}
ManifestDPIAware true
SetCompressor /SOLID lzma

!define NAME "Expedita"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${NAME}"

!define MULTIUSER_EXECUTIONLEVEL Highest
!define MULTIUSER_MUI
!define MULTIUSER_INSTALLMODE_COMMANDLINE
!define MULTIUSER_INSTALLMODE_INSTDIR "${NAME}"
!define MULTIUSER_USE_PROGRAMFILES64
!define MULTIUSER_INSTALLMODE_DEFAULT_REGISTRY_KEY "${UNINSTALL_KEY}"
!define MULTIUSER_INSTALLMODE_DEFAULT_REGISTRY_VALUENAME "UninstallString"
!define MULTIUSER_INSTALLMODE_INSTDIR_REGISTRY_KEY "${UNINSTALL_KEY}"
!define MULTIUSER_INSTALLMODE_INSTDIR_REGISTRY_VALUENAME "InstallLocation"
!include MultiUser.nsh
!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include WinVer.nsh
!include x64.nsh

Name "${NAME} ${VERSION}"
OutFile "${OUTPUT}"
VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=0 "ProductName" "${NAME}"
VIAddVersionKey /LANG=0 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=0 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=0 "FileDescription" "${NAME}"
VIAddVersionKey /LANG=0 "LegalCopyright" "Apache-2.0"

!define MUI_ABORTWARNING
!insertmacro MUI_PAGE_LICENSE "${LICENCES}\LICENSE"
!insertmacro MULTIUSER_PAGE_INSTALLMODE
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_COMPONENTS
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "PortugueseBR"
!insertmacro MUI_LANGUAGE "English"

LangString TOO_OLD ${LANG_PORTUGUESEBR} "O Expedita precisa do Windows 10 (64 bits) ou mais novo. Nada foi instalado."
LangString TOO_OLD ${LANG_ENGLISH} "Expedita needs Windows 10 (64 bit) or newer. Nothing was installed."
LangString IS_OPEN ${LANG_PORTUGUESEBR} "O Expedita está aberto. Nada foi mudado. Feche o console e tente de novo."
LangString IS_OPEN ${LANG_ENGLISH} "Expedita is open. Nothing was changed. Close the console and try again."
LangString PROGRAM ${LANG_PORTUGUESEBR} "Programa"
LangString PROGRAM ${LANG_ENGLISH} "Program"
LangString DATA ${LANG_PORTUGUESEBR} "Apagar também os pedidos e ajustes deste usuário"
LangString DATA ${LANG_ENGLISH} "Delete this user's orders and settings too"

Var AskedFor

Function .onInit
    ${IfNot} ${AtLeastWin10}
    ${OrIfNot} ${RunningX64}
        MessageBox MB_OK|MB_ICONSTOP "$(TOO_OLD)" /SD IDOK
        SetErrorLevel 2
        Quit
    ${EndIf}
    SetRegView 64
    StrCpy $AskedFor $INSTDIR ; what /D= said: MultiUser puts a place of its own there
    !insertmacro MULTIUSER_INIT
    ${If} $AskedFor != ""
        StrCpy $INSTDIR $AskedFor
    ${EndIf}
FunctionEnd

; A program that runs can't be opened for writing: then nothing must be replaced.
!macro STOP_IF_OPEN UN
Function ${UN}StopIfOpen
    StrCpy $1 "$INSTDIR\expeditaw.exe"
    Call ${UN}StopIfInUse
    StrCpy $1 "$INSTDIR\expedita.exe"
    Call ${UN}StopIfInUse
FunctionEnd

Function ${UN}StopIfInUse
    ${If} ${FileExists} $1
        ClearErrors
        FileOpen $0 $1 a
        ${If} ${Errors} ; asking clears it
            MessageBox MB_OK|MB_ICONSTOP "$(IS_OPEN)" /SD IDOK
            SetErrorLevel 2
            Quit
        ${EndIf}
        FileClose $0
    ${EndIf}
FunctionEnd
!macroend
!insertmacro STOP_IF_OPEN ""
!insertmacro STOP_IF_OPEN "un."

Section "$(PROGRAM)"
    SectionIn RO
    Call StopIfOpen
    ; What an older version had and this one has not must not stay.
    RMDir /r "$INSTDIR\_internal"
    RMDir /r "$INSTDIR\licences"
    SetOutPath "$INSTDIR"
    File /r "${STAGED}\*"
    SetOutPath "$INSTDIR\licences"
    File /r "${LICENCES}\*"
    SetOutPath "$INSTDIR"
    WriteUninstaller "$INSTDIR\uninstall.exe"
    CreateShortCut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\expeditaw.exe"
    ; Opens nothing where the site's settings don't ask for it.
    WriteRegStr SHCTX "Software\Microsoft\Windows\CurrentVersion\Run" "${NAME}" '"$INSTDIR\expeditaw.exe" --kiosk-at-sign-in'
    WriteRegStr SHCTX "Software\Microsoft\Windows\CurrentVersion\App Paths\expedita.exe" "" "$INSTDIR\expedita.exe"
    WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayName" "${NAME}"
    WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
    WriteRegStr SHCTX "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\expeditaw.exe"
    WriteRegStr SHCTX "${UNINSTALL_KEY}" "Publisher" "${NAME}"
    WriteRegStr SHCTX "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
    WriteRegStr SHCTX "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe" /$MultiUser.InstallMode'
    WriteRegStr SHCTX "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /$MultiUser.InstallMode /S'
    WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "NoModify" 1
    WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "NoRepair" 1
    ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
    IntFmt $0 "0x%08X" $0
    WriteRegDWORD SHCTX "${UNINSTALL_KEY}" "EstimatedSize" "$0"
SectionEnd

Section "un.$(PROGRAM)"
    SectionIn RO
    Call un.StopIfOpen
    Delete "$INSTDIR\expedita.exe"
    Delete "$INSTDIR\expeditaw.exe"
    Delete "$INSTDIR\uninstall.exe"
    RMDir /r "$INSTDIR\_internal"
    RMDir /r "$INSTDIR\licences"
    RMDir "$INSTDIR" ; only when nothing else was put there
    Delete "$SMPROGRAMS\${NAME}.lnk"
    DeleteRegValue SHCTX "Software\Microsoft\Windows\CurrentVersion\Run" "${NAME}"
    DeleteRegKey SHCTX "Software\Microsoft\Windows\CurrentVersion\App Paths\expedita.exe"
    DeleteRegKey SHCTX "${UNINSTALL_KEY}"
SectionEnd

Section /o "un.$(DATA)" REMOVE_DATA
    SetShellVarContext current ; for everybody, the folder would be another
    RMDir /r "$LOCALAPPDATA\expedita"
    RMDir /r "$LOCALAPPDATA\expedita-demo"
SectionEnd

Function un.onInit
    SetRegView 64
    !insertmacro MULTIUSER_UNINIT
    ${GetParameters} $0
    ClearErrors
    ${GetOptions} $0 "/RemoveData" $1
    ${IfNot} ${Errors}
        SectionSetFlags ${REMOVE_DATA} ${SF_SELECTED}
    ${EndIf}
FunctionEnd
