'use strict';

exports.activate = () => require('vscode').commands.executeCommand('workbench.view.extension.iphoneBackup');
